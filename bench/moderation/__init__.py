"""The moderators' side of it: labelled comments replayed with a moderator who follows the labels."""
