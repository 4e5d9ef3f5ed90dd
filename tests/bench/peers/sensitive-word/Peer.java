// SPDX-License-Identifier: Apache-2.0
import com.github.houbb.sensitive.word.bs.SensitiveWordBs;
import com.github.houbb.sensitive.word.support.ignore.SensitiveWordCharIgnores;
import com.github.houbb.sensitive.word.support.result.WordResultHandlers;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** sensitive-word, as it comes, with everything on or off; the protocol is that of tests/bench/serve.c. */
public final class Peer {
    private static final OperatingSystemMXBean SYSTEM =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static List<String> records(String path) throws IOException {
        List<String> found = new ArrayList<>();
        byte[] data = Files.readAllBytes(Paths.get(path));
        for (int begin = 0, at = 0; at < data.length; at++) {
            if (data[at] == 0) {
                found.add(new String(data, begin, at - begin, StandardCharsets.UTF_8));
                begin = at + 1;
            }
        }
        return found;
    }

    private static SensitiveWordBs build(List<String> terms, String mode) {
        SensitiveWordBs words = SensitiveWordBs.newInstance()
            .wordDeny(() -> terms)
            .wordAllow(() -> Collections.emptyList());
        if (mode.equals("minimal")) {
            words.ignoreCase(false)
                .ignoreWidth(false)
                .ignoreNumStyle(false)
                .ignoreChineseStyle(false)
                .ignoreEnglishStyle(false);
        } else if (mode.equals("full")) {
            words.ignoreRepeat(true)
                .enableNumCheck(true)
                .enableEmailCheck(true)
                .enableUrlCheck(true)
                .enableIpv4Check(true)
                .charIgnore(SensitiveWordCharIgnores.specialChars());
        }
        return words.init();
    }

    public static void main(String[] args) throws IOException {
        List<String> terms = records(args[0]);
        List<String> texts = records(args[1]);
        long begin = SYSTEM.getProcessCpuTime();
        SensitiveWordBs words = build(terms, args[2]);
        System.out.println("ready " + (SYSTEM.getProcessCpuTime() - begin) + " 0");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] asked = line.split(" ");
            long slice = Long.parseLong(asked[0]) * 1000000;
            int from = Integer.parseInt(asked[1]);
            int count = Integer.parseInt(asked[2]);
            long passes = 0;
            long hits;
            begin = SYSTEM.getProcessCpuTime();
            do {
                hits = 0;
                for (int i = 0; i < count; i++) {
                    hits += words.findAll(texts.get((from + i) % texts.size()),
                        WordResultHandlers.raw()).size();
                }
                passes++;
            } while (SYSTEM.getProcessCpuTime() - begin < slice);
            System.out.println(passes * count + " " + (SYSTEM.getProcessCpuTime() - begin) + " "
                + hits);
        }
    }
}
