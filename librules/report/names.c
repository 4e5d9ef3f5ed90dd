/* SPDX-License-Identifier: Apache-2.0 */
#include "report/names.h"

#include <string.h>

#include <librules/finding.h>
#include <librules/report.h>

struct name {
    const char *token, *zh, *en;
};

static const struct name verdicts[] = {
    [RLS_PASS] = {"pass", "通过", "pass"},
    [RLS_ADVISE] = {"advise", "建议修改", "advise"},
    [RLS_REVIEW] = {"review", "需人工复核", "review"},
    [RLS_REJECT] = {"reject", "不得发布", "reject"},
};

static const struct name outcomes[] = {
    [RLS_VIOLATED] = {"violated", "违反", "violated"},
    [RLS_INDETERMINATE] = {"indeterminate", "无法判定", "cannot be told"},
    [RLS_EXEMPT] = {"exempt", "豁免", "exempt"},
    [RLS_GRACE] = {"grace", "宽限期内", "in grace"},
    [RLS_AT_RISK] = {"at-risk", "即将到期", "at risk"},
    [RLS_OVERDUE] = {"overdue", "逾期未办", "overdue"},
    [RLS_MET_LATE] = {"met-late", "逾期办理", "met late"},
};

static const struct name modes[] = {
    [RLS_MODE_ENFORCE] = {"enforce", "执行", "enforced"},
    [RLS_MODE_SHADOW] = {"shadow", "试运行", "shadow"},
    [RLS_MODE_OFF] = {"off", "停用", "off"},
};

static const struct name subjects[] = {
    [RLS_LISTING] = {"listing", "商品", "listing"},
    [RLS_SHIPMENT] = {"shipment", "发货", "shipment"},
    [RLS_MERCHANT] = {"merchant", "商家", "merchant"},
    [RLS_MESSAGE] = {"message", "消息", "message"},
    [RLS_RULE_CHANGE] = {"rule-change", "规则变更", "rule change"},
};

static const struct name forms[FORM_NAMES] = {
    {"width", "全角半角", "width"},
    {"case", "大小写", "case"},
    {"compat", "兼容字符", "compatibility"},
    {"script", "繁体", "traditional"},
    {"ignorable", "不可见字符", "invisible"},
    {"squeezed", "插入分隔", "separators"},
    {"lookalike", "形近字", "look-alike"},
    {"homophone", "同音字", "homophone"},
    {"pinyin", "拼音", "pinyin"},
    {"initials", "拼音首字母", "initials"},
    {"split", "拆字", "split character"},
    {"repeat", "重复", "repetition"},
    {"emoji", "表情符号", "emoji"},
};

static const struct name *at(const struct name *list, uint32_t n, uint32_t i)
{
    static const struct name unknown = {"unknown", "未知", "unknown"};

    return i < n && list[i].token ? &list[i] : &unknown;
}

#define AT(list, i) at(list, sizeof list / sizeof list[0], i)

const char *verdict_token(uint32_t verdict)
{
    return AT(verdicts, verdict)->token;
}

const char *verdict_word(uint32_t verdict, bool en)
{
    const struct name *n = AT(verdicts, verdict);

    return en ? n->en : n->zh;
}

const char *outcome_token(uint32_t outcome)
{
    return AT(outcomes, outcome)->token;
}

const char *outcome_word(uint32_t outcome, bool en)
{
    const struct name *n = AT(outcomes, outcome);

    return en ? n->en : n->zh;
}

const char *mode_token(uint32_t mode)
{
    return AT(modes, mode)->token;
}

const char *subject_token(uint32_t subject)
{
    return AT(subjects, subject)->token;
}

const char *form_token(unsigned i)
{
    return AT(forms, i)->token;
}

const char *form_word(unsigned i, bool en)
{
    const struct name *n = AT(forms, i);

    return en ? n->en : n->zh;
}

const char *rls_form_name(uint32_t form, const char *lang)
{
    for (unsigned i = 0; i < FORM_NAMES; i++)
        if (form == 1u << i)
            return lang ? form_word(i, strcmp(lang, "en") == 0) : form_token(i);
    return NULL;
}

/* A path that ends in a dot stands for the members of a family. */
static const struct field_name {
    const char *path, *zh;
} fields[] = {
    {"title", "标题"},
    {"description", "描述"},
    {"category", "类目"},
    {"attributes.", "属性"},
    {"attribute_names", "属性名"},
    {"brand", "品牌"},
    {"origin", "产地"},
    {"label", "标签"},
    {"price", "价格"},
    {"currency", "币种"},
    {"image_texts", "图片文字"},
    {"skus.title", "规格名称"},
    {"skus.attributes.", "规格属性"},
    {"skus.price", "规格价格"},
    {"platform", "平台"},
    {"channel", "渠道"},
    {"destinations", "目的地"},
    {"name", "名称"},
    {"text", "内容"},
};

const char *field_word(const char *path)
{
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        size_t len = strlen(fields[i].path);

        if (strncmp(path, fields[i].path, len) == 0 &&
            (fields[i].path[len - 1] == '.' || path[len] == '\0' || path[len] == '.'))
            return fields[i].zh;
    }
    return NULL;
}
