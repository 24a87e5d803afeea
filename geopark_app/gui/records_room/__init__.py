"""The room of all other records: people, partners, facilities, activities, vocabularies."""
