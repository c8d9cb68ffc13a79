"""What mailbox_forwarded_fr.eml holds."""

ENTRIES = [
    {
        "key": "f1@agence.example#69adad3c352bd9a8",
        "link": "https://www.facebook.com/permalink.php?story_fbid=9002&id=100064&comment_id=78102",
        "tags": ("Claire Roux a commenté votre publication.",),
        "text": "Deux semaines de retard !",
        "author": "Claire Roux",
        "site": "facebook.com",
        "published": "2027-02-12T11:40:00+00:00",
    }
]
