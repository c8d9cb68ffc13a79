"""Which language a short text is in, and when not to say."""

from __future__ import annotations

import pytest

from veille.text.language import detect

LANGUAGES = [
    pytest.param("fr", "Commande jamais livrée, le service client ne répond pas", id="French complaint"),
    pytest.param("fr", "Floréal efface les messages d'une cliente en deuil", id="French title"),
    pytest.param("fr", "C'est une honte, on m'a volé mon argent", id="French anger"),
    pytest.param("fr", "L’enseigne présente ses excuses après la panne", id="French press"),
    pytest.param("fr", "JE SUIS TRES DECU DE CE MAGASIN", id="French without accents"),
    pytest.param("en", "The parcel never arrived and nobody answers the phone", id="English complaint"),
    pytest.param("en", "Outage hits customers of the bank for the third time this week", id="English title"),
    pytest.param("en", "I can't believe they did it again", id="English contraction"),
    pytest.param("de", "Die Lieferung ist nicht angekommen und der Service ist schlecht", id="German"),
    pytest.param("es", "El pedido no ha llegado y la tienda no contesta", id="Spanish"),
    pytest.param("it", "Il pacco non è arrivato e il servizio clienti non risponde", id="Italian"),
    pytest.param("nl", "Het pakket is niet aangekomen en de winkel antwoordt niet", id="Dutch"),
    pytest.param("pt", "A encomenda não chegou e a loja não responde", id="Portuguese"),
    pytest.param("", "", id="nothing"),
    pytest.param("", "LDLC", id="a name"),
    pytest.param("", "12 34 56", id="numbers"),
    pytest.param("", "😡😡😡", id="signs"),
]


@pytest.mark.parametrize(("language", "text"), LANGUAGES)
def test_detect(language, text):
    assert detect(text) == language
