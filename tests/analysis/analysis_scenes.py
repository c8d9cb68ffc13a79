"""Dangers told without a crisis word, each beside a sentence of the same words that may wait; written for veille."""

from __future__ import annotations

#: What is the matter: (the signal, the danger, the harmless twin).
SCENES: dict[str, tuple[str, str, str]] = {
    "a rash after compote": (
        "danger",
        "Mon fils a des plaques rouges depuis qu'il a mangé vos compotes.",
        "Mon fils a mangé vos compotes, il en redemande.",
    ),
    "a socket that heats": (
        "danger",
        "La prise chauffe et sent le brûlé.",
        "La prise est fournie, la lampe éclaire bien.",
    ),
    "water that tastes odd": (
        "danger",
        "L'eau du robinet a un drôle de goût et trois voisins sont malades.",
        "L'eau du robinet a bon goût chez nous.",
    ),
    "something in the jar": (
        "danger",
        "Un bout de verre dans le pot de ma petite.",
        "Le pot est en verre, ma petite adore.",
    ),
    "an alarm that is dead": (
        "danger",
        "My mother's alarm pendant didn't answer last night, the line was dead.",
        "My mother's alarm pendant arrived, thanks.",
    ),
    "the invoices of others": (
        "data_leak",
        "I can see another customer's invoices in my account.",
        "I can see my invoices in my account.",
    ),
    "a driver who waits": (
        "harassment",
        "Votre livreur attend devant chez moi chaque soir.",
        "Votre livreur attend que je descende, quel amour.",
    ),
    "money taken twice": ("unpaid", "On m'a débité deux fois 300 euros.", "Le débit est prévu le 3 du mois ?"),
    "a dress too late": (
        "stranded",
        "La robe n'est pas arrivée et le mariage est demain.",
        "La robe du mariage est arrivée, magnifique.",
    ),
    "a child and a stranger": (
        "minors",
        "Un inconnu demande des photos à ma fille dans votre tchat.",
        "Ma fille adore votre tchat.",
    ),
    "shut out": (
        "discrimination",
        "Le vigile a refusé mon frère à cause de son accent.",
        "Le vigile a un bel accent, on a ri.",
    ),
    "an insider": (
        "whistle_blowing",
        "Je travaille chez eux, on nous demande de changer les dates.",
        "Je travaille chez eux, on nous a offert le café.",
    ),
    "many without light": (
        "outage",
        "Tout le quartier est sans courant depuis hier.",
        "Tout le quartier est venu à l'inauguration.",
    ),
    "a journalist": (
        "press_enquiry",
        "Je prépare un reportage sur vous et je cherche des témoins.",
        "Vous cherchez des vendeurs ?",
    ),
}

#: Alarming words that mean no harm: (text, the signal that says why, "" when the phrase itself is known).
HARMLESS: dict[str, tuple[str, str]] = {
    "solved": ("Il y avait un bout de plastique dans le pot, c'est réglé, merci.", "solved"),
    "past": ("Il y a dix ans ma commande était arrivée cassée.", "past"),
    "imagined": ("Et si la batterie prend feu ?", "hypothetical"),
    "a game": ("Le boss m'a tué avec un couteau, quel gameplay.", "fiction"),
    "a contest": ("Je participe au jeu concours, une tuerie cette arnaque de cadeau !", "contest"),
    "a job": ("Violence et incendies ne me font pas peur, voici mon CV.", "job"),
    "a burger": ("Ce burger est une tuerie, je suis mort de rire.", ""),
}
