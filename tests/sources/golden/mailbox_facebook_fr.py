"""What mailbox_facebook_fr.eml holds."""

ENTRIES = [
    {
        "key": "5f1a2b3c@notification.facebookmail.com#5e97e0d7fa3266cb",
        "link": "https://www.facebook.com/permalink.php?story_fbid=9001&id=100064&comment_id=78101",
        "tags": ("Claire Roux a commenté votre publication.",),
        "text": 'Toujours pas livrée, et personne ne répond. C\'est "fleuri" votre service client ?',
        "author": "Claire Roux",
        "site": "facebook.com",
        "published": "2027-02-12T11:18:09+00:00",
    }
]
