"""What mailbox_instagram_en.eml holds."""

ENTRIES = [
    {
        "key": "ig2@mx.instagram.com#980b537a5dc63ffd",
        "link": "https://instagram.com/reel/CqZZ9/#r224038583988",
        "tags": ("tomhill mentioned you in a comment",),
        "text": "@floreal never answers, I want my money back",
        "author": "tomhill",
        "site": "instagram.com",
        "published": "2027-02-12T12:05:00+00:00",
    }
]
