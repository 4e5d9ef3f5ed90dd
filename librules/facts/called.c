/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/called.h"

#include <librules/set.h>

#include <string.h>

#include "base/nearest.h"
#include "facts/label_fields.h"
#include "text/reader.h"
#include "text/trim.h"

/* docs/documents.md has the same table. Words are folded: lower case, simplified. */
static const struct {
    uint32_t subject;
    const char *path, *words;
} calls[] = {
    {RLS_LISTING, "id",
     "商品id 商品编号 商品编码 宝贝id 宝贝编号 宝贝编码 产品id 产品编号 产品编码 货品id 货品编号 "
     "货品编码 编号 spu spu编号 spu编码 spuid offerid itemid numiid"},
    {RLS_LISTING, "title",
     "标题 商品标题 商品名称 商品名 产品标题 产品名称 产品名 宝贝标题 宝贝名称 品名 名称 货品名称 "
     "中文标题 name"},
    {RLS_LISTING, "description",
     "描述 商品描述 产品描述 宝贝描述 详情 商品详情 产品详情 宝贝详情 详情描述 详细描述 商品介绍 "
     "产品介绍 商品简介 产品简介 简介 介绍"},
    {RLS_LISTING, "category",
     "类目 商品类目 产品类目 宝贝类目 类目名称 类目路径 所属类目 分类 商品分类 产品分类 所属分类 "
     "分类名称 品类 叶子类目 后台类目"},
    {RLS_LISTING, "category.id", "类目id 类目编号 类目编码 分类id 分类编号 叶子类目id"},
    {RLS_LISTING, "price",
     "价格 单价 售价 销售价 销售价格 商品价格 产品价格 一口价 现价 批发价 零售价"},
    {RLS_LISTING, "currency", "币种 货币 货币单位 价格单位"},
    {RLS_LISTING, "brand", "品牌 品牌名 品牌名称 商品品牌 产品品牌"},
    {RLS_LISTING, "label", "标签 标签文字 标签内容 商品标签 产品标签"},
    {RLS_LISTING, "image_texts", "图片文字 图片文本 主图文字 详情图文字"},
    {RLS_LISTING, "destinations", "目的地 目的国 目的国家 收货国家 销售国家"},
    {RLS_LISTING, "platform", "平台 电商平台 销售平台 所属平台 平台名称"},
    {RLS_LISTING, "channel", "渠道 销售渠道"},
    {RLS_LISTING, "skus.id", "sku skuid sku编号 sku编码"},
    {RLS_LISTING, "skus.title", "规格名称 sku名称 sku标题 sku规格"},
    {RLS_LISTING, "skus.price", "sku价格 sku售价 规格价格"},
    {RLS_MERCHANT, "id", "商家id 商家编号 店铺id 店铺编号 会员id 商户id 商户编号"},
    {RLS_MERCHANT, "name",
     "名称 商家名称 商家 店铺名称 店铺名 店铺 企业名称 公司名称 公司 商户名称 主体名称"},
    {RLS_MERCHANT, "kind", "主体类型 商家类型 企业类型 公司类型"},
    {RLS_MERCHANT, "country", "国家 国别 所在国家 注册国家"},
    {RLS_MERCHANT, "registered", "注册日期 注册时间 成立日期 成立时间"},
    {RLS_MERCHANT, "platform", "平台 电商平台 所属平台 平台名称"},
    {RLS_MESSAGE, "id", "消息id 消息编号 编号"},
    {RLS_MESSAGE, "text", "内容 消息 消息内容 正文 文本 聊天内容"},
    {RLS_MESSAGE, "sender", "发送者 发送人 发件人 发送方"},
    {RLS_MESSAGE, "platform", "平台 电商平台 所属平台 平台名称"},
    {RLS_RULE_CHANGE, "id", "编号 规则id 规则编号"},
    {RLS_RULE_CHANGE, "title", "标题 规则标题 规则名称 名称"},
    {RLS_RULE_CHANGE, "text", "内容 正文 规则内容"},
    {RLS_RULE_CHANGE, "platform", "平台 电商平台 所属平台 平台名称"},
    {RLS_RULE_CHANGE, "published", "发布日期 发布时间 公布日期 公示日期"},
    {RLS_RULE_CHANGE, "effective", "生效日期 生效时间 施行日期"},
    {RLS_RULE_CHANGE, "consultation_from", "征求意见开始日期 征求意见开始时间"},
    {RLS_RULE_CHANGE, "consultation_until", "征求意见截止日期 征求意见截止时间"},
};

/* Attributes that sellers tell their goods apart by, beside 货号. */
static const char article_numbers[] = "商品货号 产品货号 宝贝货号 款号 商品款号";

static bool begins(const char *text, size_t len, const char *mark)
{
    return len >= strlen(mark) && memcmp(text, mark, strlen(mark)) == 0;
}

/* Takes off what marks a column as one to be filled in, and a remark in parentheses behind. */
static void take_marks_off(const char **text, size_t *len)
{
    const char *open;

    text_trim(text, len);
    while (begins(*text, *len, "*")) {
        ++*text;
        --*len;
        text_trim(text, len);
    }
    while (*len > 1 && ((*text)[*len - 1] == '*' || (*text)[*len - 1] == ':'))
        --*len;
    open = *len > 1 && (*text)[*len - 1] == ')' ? memchr(*text, '(', *len) : NULL;
    if (open && open > *text)
        *len = (size_t)(open - *text);
    text_trim(text, len);
}

/* The next word of a list that blanks part. A '?' before it does not belong to it. */
static bool next_word(const char **at, const char **word, size_t *len)
{
    *at += strspn(*at, " ?");
    *word = *at;
    *len = strcspn(*at, " ");
    *at += *len;
    return *len > 0;
}

/* What is asked for, folded and without its marks. */
struct asked {
    const char *text;
    size_t len;
    struct called *out;
    struct nearest nearest;
};

/* Near words are kept by copy, as lists do not end them. */
static void offer(struct asked *a, const char *word, size_t len)
{
    const char *before = a->nearest.best;
    char candidate[LONGEST_CALL];

    if (len >= sizeof candidate)
        return;
    memcpy(candidate, word, len);
    candidate[len] = '\0';
    nearest_offer(&a->nearest, a->text, a->len, candidate);
    if (a->nearest.best != before) {
        memcpy(a->out->nearest, candidate, len + 1);
        a->nearest.best = a->out->nearest;
    }
}

static bool is_among(struct asked *a, const char *words)
{
    char folded[LONGEST_CALL];
    const char *word;
    size_t len;

    while (next_word(&words, &word, &len)) {
        size_t n = text_fold(word, len, FORM_DEFAULT, folded, sizeof folded);

        if (n == a->len && memcmp(folded, a->text, n) == 0)
            return true;
        offer(a, word, len);
    }
    return false;
}

static const char *plain_field(const struct vocabulary *v, uint32_t subject, const char *path)
{
    const char *key;
    size_t key_len;
    uint32_t field = vocabulary_find(v, subject, path, strlen(path), &key, &key_len);

    return field == FIELD_UNKNOWN || key ? NULL : v->fields[field].name;
}

static const char *find_call(const struct vocabulary *v, uint32_t subject, struct asked *a)
{
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (calls[i].subject == subject && is_among(a, calls[i].words))
            return calls[i].path;
    /* Titles of columns are often written with a capital. */
    for (uint32_t i = 0; i < v->count; i++) {
        const char *name = v->fields[i].name;

        if (!v->fields[i].family && v->fields[i].subjects & 1u << subject && is_among(a, name))
            return plain_field(v, subject, name);
    }
    return NULL;
}

static bool is_attribute(const struct vocabulary *v, uint32_t subject, struct asked *a)
{
    if (subject != RLS_LISTING)
        return false;
    for (uint32_t i = 0; i < v->count; i++)
        if (v->fields[i].aliases && is_among(a, v->fields[i].aliases))
            return true;
    return is_among(a, label_other_names) || is_among(a, article_numbers);
}

void called_find(const struct vocabulary *v, uint32_t subject, const char *word, size_t len,
                 struct called *out)
{
    struct asked a = {.out = out};
    char folded[LONGEST_CALL];

    *out = (struct called){0};
    if (len == 0 || len >= LONGEST_CALL)
        return;
    a.len = text_fold(word, len, FORM_DEFAULT, folded, sizeof folded);
    a.text = folded;
    if (a.len >= sizeof folded)
        return;
    take_marks_off(&a.text, &a.len);
    if (a.len == 0)
        return;
    out->path = find_call(v, subject, &a);
    if (!out->path && is_attribute(v, subject, &a)) {
        out->path = "attributes";
        out->attribute = true;
        memcpy(out->word, a.text, a.len);
        out->word[a.len] = '\0';
    }
    if (out->path)
        out->nearest[0] = '\0';
}
