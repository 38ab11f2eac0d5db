"""An invented newsletter in the layout of the real one; none of it is true."""

NEWSLETTER = """\
JUNE 5, 2031 (REPORTING PERIOD: MAY 2 - MAY 30)

HARBOUR

China Industries



CONTENTS

HARBOUR TOP 2.....	2
1. Quiet motors: Transport ministry backs low-noise drives.....	2
2. Cold storage: Provinces told to pool freezer capacity.....	3
NOTEWORTHY.....	4
Policy news	4
Corporate news.....	4

HARBOUR TOP 2

1. Quiet motors: Transport ministry backs low-noise drives

At a glance: The Ministry of Transport (MOT) and six other agencies published a plan for low-noise electric motors in inland shipping. The plan speaks of “calm water corridors” and asks every river port to measure noise by the year's end, at a depth that the semiconductor sensors of today can barely reach. The plan sets these goals for 2034:

- Cut average engine noise on inland waterways by 15 percent compared to 2030
- Equip 80 percent of river ports with sensors, and 40 percent of barges with semiconductor controls
- Publish noise maps
- Support high-tech firms, and small- and medium-sized yards, in testing new hulls

The rules take effect on July 1, 2031.

HARBOUR comment: Noise was nobody's task until now. The plan hands it to port authorities, which have neither money nor staff for it, and it is silent on who pays. Earlier drafts named a [levy on diesel](https://example.org/levy?draft=2&page=4) that is gone from the final text, and yards will read that as a sign that nothing binding will come before 2033. We see few long-term effects.

Foreign makers of drives may gain, if tenders are open to them. The last [open tender](#) drew two bids, and both came from the same group.

Article: Plan for Quiet Electric Motors in Inland Shipping (2031-2034)(内河航运静音电机推广方案（2031—2034 年）) ([Link](https://example.org/plan))

Issuing bodies: MOT, MIIT, NDRC, MEE, Research Group for the "Study of Noise, Water and Ports"

Date: May 14, 2031

2. Cold storage: Provinces told to pool freezer capacity

At a glance: The Ministry of Commerce (MOFCOM) asked provinces to share cold storage across their borders, led by Chen Wei (陈为). The pilot covers three river provinces, and it may be widened to others in the year after next if it keeps losses below five percent.

HARBOUR comment: Pooling is cheap, and it was overdue.

Article: Notice on Shared Cold Storage (关于共享冷库 (试行) 的通知) ([Link](#))

Issuing body: MOFCOM

Date: May 20, 2031

NOTEWORTHY

Policy news

- *May 3:* The MOF opened a fund of CNY 120 million (EUR 15.4 million) for harbour cranes, to be shared among eleven ports along the lower river and two on the coast ([MOF notice](https://example.org/mof))
- *May 9:* The Wuhan City Government unveiled a plan for night ferries ([City notice](#), [River Daily article](https://example.org/river))

Corporate news

- *May 12:* The yard Blue Heron delivered its first hydrogen tug – cutting fuel costs by a tenth, as the firm says – to a state-owned operator in the delta ([River Daily article](#))
- *May 28:* The maker of drives Stillwater bought 40 hulls ([Port Post article](#))

AUTHORS

Ada Example
Analyst, HARBOUR

EDITORS

Bo Sample
Editor, HARBOUR

For more information, please contact:
desk@example.org

PUBLISHER

HARBOUR | Institute for Rivers

Quay Street 12

www.example.org
"""
