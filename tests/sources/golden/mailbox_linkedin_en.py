"""What mailbox_linkedin_en.eml holds."""

ENTRIES = [
    {
        "key": "li2@linkedin.com#734c32cf96a37670",
        "link": "https://www.linkedin.com/feed/update/urn:li:share:7300000000000000002#r1014055842700",
        "tags": ("Anna Berg commented on your post",),
        "text": "Great team, but please answer your customers.",
        "author": "Anna Berg",
        "site": "linkedin.com",
        "published": "2027-02-12T07:10:00+00:00",
    }
]
