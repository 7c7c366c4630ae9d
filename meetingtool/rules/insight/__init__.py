"""What comes out when many stories are looked at together: counts, trends and what comes back. Pure sums."""
