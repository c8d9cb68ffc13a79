"""What mailbox_ours_fr.eml holds."""

ENTRIES = []
