"""What comes out when many stories are looked at together: counts, courses and what comes back. Pure sums."""
