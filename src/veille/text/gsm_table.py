"""What a text message can hold, and what the rest becomes: tables only.

GSM 03.38 (3GPP TS 23.038, section 6.2.1): the basic table is one septet a character, the extension table two.
A single character outside both makes the network switch the whole message to UCS-2, which holds 70 characters
and not 160.
"""

#: Section 6.2.1, in code order, without the escape (0x1B); LF and CR are folded to spaces before.
BASIC = frozenset(
    "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ "
    "!\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)

#: Section 6.2.1.1: each is sent as an escape and a character.
EXTENDED = frozenset("^{}\\[~]|€")

#: What decomposition (NFKD) does not reach, by what a reader would type instead.
REPLACED = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201a": "'",
    "\u201b": "'",
    "\u2032": "'",
    "`": "'",
    "\u00b4": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u2033": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2039": '"',
    "\u203a": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2015": "-",
    "\u2212": "-",
    "\u2044": "/",
    "\u00ad": "",
    "\u2026": "...",
    "\u2022": "-",
    "\u00b7": "-",
    "\u2192": "->",
    "\u2190": "<-",
    "\u00d7": "x",
    "\u00f7": "/",
    "\u00b0": "o",
    "\u00ba": "o",
    "\u00aa": "a",
    "\u0152": "OE",
    "\u0153": "oe",
    "\u0141": "L",
    "\u0142": "l",
    "\u0110": "D",
    "\u0111": "d",
    "\u00d0": "D",
    "\u00f0": "d",
    "\u00de": "Th",
    "\u00fe": "th",
    "\u0131": "i",
    "\u1e9e": "SS",
    "\u00a9": "(c)",
    "\u00ae": "(r)",
    "\u00a8": "",
}
