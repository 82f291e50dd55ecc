"""The settings and the policy pack of the sample agency."""

from samples.agency import HOTLINE, ORGAN, ORGAN_CODE, TREASURY
from samples.twists import LISTED

SETTINGS = f"""\
# 样本单位的设置。单位、人员、号码和地址都是虚构的。
site:
  name: {ORGAN}行政处罚决定公示
  url: ""
  description: 依法公开适用普通程序作出的行政处罚决定（样本数据，全部虚构）

agency:
  name: {ORGAN}
  code: "{ORGAN_CODE}"
  phone: {HOTLINE}
  supervisor: 常山县司法局

policy: changshan-sample

public_values:
  - "{TREASURY}"     # 财政非税收入专户

folders:
  exports: exports
  state: state
  policies: policies
"""

POLICY = f"""\
# 样本：在县局制度之外，加上收到的省级不宜公开案件清单。
key: changshan-sample
title: 样本单位补充规则（省级不宜公开案件清单）
extends: [changshan-2021]

screening:
  provincial-list-sample:
    title: 属于省级以上行政执法机关认为不适宜网上公开的案件
    predicate: listed
    params: {{causes: [{LISTED}], statutes: []}}
    effect: 不予公开
    basis: {{document: 常山县综合行政执法局行政执法公示制度, article: 第八条第四项}}
    remedy: 核对“违法行为类型”和“处罚依据”列
"""
