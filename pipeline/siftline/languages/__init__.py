"""Which language a text is in: `scripts` counts its characters, `detection` weighs its words with `wordlists`."""
