"""Names of months and time zones as feeds write them.

Months: CLDR 46 (fr, en, de, es, it, pt, nl), folded to ASCII, by their shortest telling beginning.
Zones: RFC 822 section 5.1, the tz database's own abbreviations, and the French ones of Canada and Europe.
"""

from __future__ import annotations

#: Beginning of the name, folded: (month). Longer ones are tried first ("juil" before "jui").
MONTHS = {
    "jan": 1, "gen": 1, "ene": 1,
    "fev": 2, "feb": 2,
    "mar": 3, "maa": 3, "mrt": 3, "mae": 3,
    "avr": 4, "apr": 4, "abr": 4,
    "mai": 5, "may": 5, "mei": 5, "mag": 5,
    "juin": 6, "jun": 6, "giu": 6,
    "juil": 7, "jul": 7, "lug": 7, "jui": 7,
    "aou": 8, "aug": 8, "ago": 8,
    "sep": 9, "set": 9,
    "oct": 10, "okt": 10, "ott": 10, "out": 10,
    "nov": 11,
    "dec": 12, "dez": 12, "dic": 12,
}  # fmt: skip

#: Minutes east of Greenwich. Ambiguous ones (IST, CST of China, BST of Dhaka) follow RFC 822, then Europe.
ZONES = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "TU": 0, "WET": 0,
    "WEST": 60, "BST": 60, "CET": 60, "MEZ": 60, "HNEC": 60, "MET": 60,
    "CEST": 120, "MESZ": 120, "HAEC": 120, "EET": 120, "MEST": 120,
    "EEST": 180, "MSK": 180,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
    "AST": -240, "ADT": -180, "NST": -210, "NDT": -150, "AKST": -540, "AKDT": -480, "HST": -600,
    "HNE": -300, "HAE": -240,
    "IST": 330, "JST": 540, "KST": 540, "HKT": 480, "SGT": 480,
    "AWST": 480, "ACST": 570, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
}  # fmt: skip
