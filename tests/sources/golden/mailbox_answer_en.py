"""What mailbox_answer_en.eml holds."""

ENTRIES = [
    {
        "key": "a1@customer.example",
        "title": "Re: Your order",
        "text": "Hello,\nMy Floréal order never came. I will write about it everywhere.\nAnn",
        "author": "Ann Lee",
        "site": "customer.example",
        "published": "2027-02-12T06:10:00+00:00",
    }
]
