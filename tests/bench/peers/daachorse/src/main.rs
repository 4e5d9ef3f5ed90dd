// SPDX-License-Identifier: Apache-2.0
//! daachorse, charwise, every overlapping match: the protocol is that of tests/bench/serve.c.
use std::io::{BufRead, Write};

use daachorse::CharwiseDoubleArrayAhoCorasick;

#[repr(C)]
struct Timespec {
    seconds: i64,
    nanoseconds: i64,
}

extern "C" {
    fn clock_gettime(clock: i32, time: *mut Timespec) -> i32;
}

const CLOCK_PROCESS_CPUTIME_ID: i32 = 2;

fn cpu_ns() -> u64 {
    let mut t = Timespec { seconds: 0, nanoseconds: 0 };
    unsafe { clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &mut t) };
    t.seconds as u64 * 1_000_000_000 + t.nanoseconds as u64
}

fn records(path: &str) -> Vec<String> {
    let data = std::fs::read(path).expect(path);
    data.split_inclusive(|&b| b == 0)
        .map(|r| String::from_utf8(r[..r.len() - 1].to_vec()).expect("UTF-8"))
        .collect()
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let (terms, texts) = (records(&args[1]), records(&args[2]));
    let begin = cpu_ns();
    let pma = CharwiseDoubleArrayAhoCorasick::<u32>::new(&terms).expect("terms");
    println!("ready {} {}", cpu_ns() - begin, pma.heap_bytes());
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("stdin");
        let asked: Vec<u64> = line.split(' ').map(|n| n.parse().expect("a number")).collect();
        let (slice, from, count) = (asked[0] * 1_000_000, asked[1] as usize, asked[2] as usize);
        let begin = cpu_ns();
        let mut passes = 0u64;
        let hits = loop {
            let mut hits = 0u64;
            for i in 0..count {
                let text = &texts[(from + i) % texts.len()];
                hits += pma.find_overlapping_iter(text).count() as u64;
            }
            passes += 1;
            if cpu_ns() - begin >= slice {
                break hits;
            }
        };
        println!("{} {} {}", passes * count as u64, cpu_ns() - begin, hits);
        std::io::stdout().flush().expect("stdout");
    }
}
