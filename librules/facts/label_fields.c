/* SPDX-License-Identifier: Apache-2.0 */
#include "facts/label_fields.h"

#include "facts/vocabulary.h"

/* docs/documents.md has the same table. A name behind '?' is also used for other things. */
const struct label_field label_fields[] = {
    {"label.name", TYPE_TEXT,
     "品名 产品名称 产品名 食品名称 食品名 商品名称 商品名 化妆品名称 产品中文名称"},
    {"label.net_content", TYPE_QUANTITY, "净含量 净重 净容量 净含量规格 ?规格 ?重量 ?容量"},
    {"label.specification", TYPE_TEXT, "产品规格 商品规格 规格型号 包装规格 型号规格"},
    {"label.shelf_life", TYPE_DURATION, "保质期 保质期限 质保期限 保存期 保存期限 有效期限"},
    {"label.made_on", TYPE_INSTANT, "生产日期 制造日期 出厂日期 包装日期"},
    {"label.use_by", TYPE_INSTANT, "保质期至 保质期到期日 有效期至 限期使用日期 失效日期 到期日期"},
    {"label.batch", TYPE_TEXT, "生产批号 批号 产品批号 批次号"},
    {"label.origin", TYPE_TEXT, "产地 商品产地 产品产地 原产地 原产国 原产国家 原产国地区 生产地"},
    {"label.maker", TYPE_TEXT,
     "生产者 生产商 制造商 生产企业 生产厂家 生产厂商 生产单位 制造者 制造企业 制造厂商 厂名 "
     "厂家 厂商 生产者名称 生产商名称 生产企业名称 生产厂名"},
    {"label.maker_address", TYPE_TEXT,
     "厂址 生产地址 生产者地址 生产商地址 生产企业地址 生产厂址 生产厂家地址 制造商地址 厂家地址 "
     "企业地址 ?地址"},
    {"label.licence", TYPE_TEXT,
     "生产许可证编号 生产许可证号 生产许可证 食品生产许可证编号 食品生产许可证号 食品生产许可证 "
     "许可证编号 许可证号 SC编号 SC SC号 化妆品生产许可证编号 化妆品生产许可证号 QS编号"},
    {"label.registration", TYPE_TEXT,
     "注册证编号 注册证号 注册号 批准文号 备案号 备案编号 备案凭证编号 医疗器械注册证编号 "
     "产品注册证编号 特殊化妆品注册证编号 医疗器械备案凭证编号"},
    {"label.standard", TYPE_TEXT,
     "执行标准 产品标准号 标准号 产品标准代号 产品标准 执行标准号 产品执行标准 产品执行标准号 "
     "执行标准编号 执行的标准编号 产品标准编号 标准代号"},
    {"label.storage", TYPE_TEXT,
     "贮存条件 储存方法 贮存方法 储存条件 贮藏方法 贮藏条件 储藏方法 储藏条件 保存方法 保存条件 "
     "贮存方式 储存方式 贮藏 储藏"},
    {"label.ingredients", TYPE_TEXT,
     "配料 配料表 成分 成份 全成分 成分表 产品配料 主要成分 主要成份 原料 主要原料 配料成分"},
    {"label.importer", TYPE_TEXT, "进口商 进口商名称 进口企业 进口单位"},
    {"label.agent", TYPE_TEXT,
     "境内代理商 国内代理商 代理商 经销商 国内经销商 境内经销商 总经销 经销者 总代理 境内责任人 "
     "中国总代理 中国总经销"},
    {"label.warning", TYPE_TEXT, "警示语 警示用语 安全警示 安全警示语 安全警示用语 警示说明 警告"},
    {"label.certificate", TYPE_TEXT, "合格证 检验合格证明 产品合格证 3C证书编号 CCC证书编号"},
    {"label.grade", TYPE_TEXT, "质量等级 产品等级 等级"},
    {"label.safety_class", TYPE_TEXT, "安全类别 安全技术类别 安全等级 产品安全类别"},
    {"label.usage", TYPE_TEXT,
     "食用方法 使用方法 服用方法 用法用量 食用量 使用说明 冲调方法 食用方式"},
};
const size_t n_label_fields = sizeof label_fields / sizeof *label_fields;

const char label_other_names[] =
    "品牌 型号 货号 颜色 口味 风味 尺寸 材质 面料 包装 包装方式 数量 件数 毛重 功率 电压 系列 "
    "联系方式 电话 联系电话 客服电话 服务热线 热线 传真 邮编 邮箱 网址 委托方 委托商 委托企业 "
    "受委托方 受托方 受委托生产企业 分装商 营养成分表 营养成分 条形码 条码 商品条码 商品编号 "
    "商品编码 食品类别 产品类别 产品类型 类别 类型 适用人群 不适宜人群 注意事项 温馨提示 提示 功效 "
    "产品特点 特点 保健功能 致敏物质提示 致敏原信息 过敏原信息 致敏物质 添加剂 备注 说明 上架时间 "
    "酒精度 酒精度数 香型 产品形态 是否进口 省份 城市 套餐份量 售后服务 图案 款式 季节 性别";
