"""What mailbox_linkedin_fr.eml holds."""

ENTRIES = [
    {
        "key": "li1@linkedin.com#8b1d2e894a880017",
        "link": "https://www.linkedin.com/feed/update/urn:li:activity:7300000000000000001?commentUrn=urn%3Ali%3Acomment%3A%28activity%3A7300000000000000001%2C7300000000000000099%29",
        "tags": ("Paul Mercier a mentionné Floréal dans un commentaire",),
        "text": "Comme Floréal, qui laisse ses clients sans nouvelles : un cas d’école.",
        "author": "Paul Mercier",
        "site": "linkedin.com",
        "published": "2027-02-12T07:00:00+00:00",
    }
]
