-- The office hub: signed saves, who wrote them, the team's list, what each laptop said of itself.
-- Run by `geopark sync hub URL --prepare`; running it again changes nothing.
-- @member@, @office@, @reader@ stand for the roles of this database, @team@ for the team's id.
--
-- A member may add and read, never change or remove. What PostgreSQL cannot check, the signature,
-- every laptop checks; so a save that is no continuation is refused here, a forged one there.

CREATE SCHEMA IF NOT EXISTS geopark_log;
CREATE SCHEMA IF NOT EXISTS geopark;

CREATE TABLE IF NOT EXISTS geopark_log.about (
    name text PRIMARY KEY,
    value text NOT NULL
);
INSERT INTO geopark_log.about (name, value) VALUES ('format', '1'), ('team', @team@)
ON CONFLICT DO NOTHING;

CREATE TABLE IF NOT EXISTS geopark_log.author (
    author_id text PRIMARY KEY CHECK (length(author_id) <= 120),
    device text NOT NULL CHECK (length(device) <= 200),
    incarnation integer NOT NULL,
    person text NOT NULL CHECK (length(person) <= 200),
    public_key text NOT NULL CHECK (public_key ~ '^([0-9a-f]{64})?$')
);

CREATE TABLE IF NOT EXISTS geopark_log.save (
    author text NOT NULL REFERENCES geopark_log.author,
    first bigint NOT NULL CHECK (first >= 1),
    last bigint NOT NULL CHECK (last >= first AND last - first < 10000000),
    hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
    prev_hash text NOT NULL CHECK (prev_hash ~ '^([0-9a-f]{64})?$'),
    hlc bigint NOT NULL,
    content bytea NOT NULL CHECK (octet_length(content) BETWEEN 2 AND 134217728),
    inserted_by text NOT NULL DEFAULT session_user,
    inserted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (author, first, hash)
);
CREATE INDEX IF NOT EXISTS save_last ON geopark_log.save (author, last, hash);

-- The end of each author's chain; two rows of one author mean a forged or forked chain.
CREATE TABLE IF NOT EXISTS geopark_log.tail (
    author text NOT NULL,
    last bigint NOT NULL,
    hash text NOT NULL,
    PRIMARY KEY (author, last, hash)
);

CREATE TABLE IF NOT EXISTS geopark_log.membership (
    number integer NOT NULL CHECK (number >= 1),
    hash text NOT NULL,
    content text NOT NULL CHECK (length(content) <= 4194304),
    sig text NOT NULL CHECK (length(sig) <= 256),
    PRIMARY KEY (number, hash)
);

CREATE TABLE IF NOT EXISTS geopark_log.said (
    kind text NOT NULL CHECK (kind IN ('heads', 'holds')),
    author text NOT NULL CHECK (length(author) <= 120),
    number bigint NOT NULL,
    digest text NOT NULL CHECK (length(digest) <= 64),
    content bytea NOT NULL CHECK (octet_length(content) <= 67108864),
    inserted_by text NOT NULL DEFAULT session_user,
    inserted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, author, number, digest)
);

-- What the office's replica last built the tables of `geopark` from.
CREATE TABLE IF NOT EXISTS geopark_log.view_state (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    vector text NOT NULL,
    built_at timestamptz NOT NULL DEFAULT now()
);

CREATE OR REPLACE FUNCTION geopark_log.check_save() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geopark_log, pg_temp AS $$
BEGIN
    NEW.inserted_by := session_user;
    NEW.inserted_at := now();
    IF NEW.first = 1 THEN
        IF NEW.prev_hash <> '' THEN
            RAISE EXCEPTION 'the first save of % names one before it', NEW.author;
        END IF;
    ELSIF NOT EXISTS (
        SELECT FROM save
        WHERE author = NEW.author AND last = NEW.first - 1 AND hash = NEW.prev_hash
    ) THEN
        RAISE EXCEPTION 'save % of % continues none that is here', NEW.first, NEW.author;
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION geopark_log.move_tail() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geopark_log, pg_temp AS $$
BEGIN
    DELETE FROM tail
    WHERE author = NEW.author AND last = NEW.first - 1 AND hash = NEW.prev_hash;
    INSERT INTO tail (author, last, hash) VALUES (NEW.author, NEW.last, NEW.hash)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

-- Laptops say anew at each exchange what they have; only the newest twenty are of use.
CREATE OR REPLACE FUNCTION geopark_log.keep_newest() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geopark_log, pg_temp AS $$
BEGIN
    DELETE FROM said AS earlier
    WHERE earlier.kind = NEW.kind AND earlier.author = NEW.author
      AND earlier.inserted_by = session_user AND earlier.number <= NEW.number - 20;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER check_save BEFORE INSERT ON geopark_log.save
FOR EACH ROW EXECUTE FUNCTION geopark_log.check_save();
CREATE OR REPLACE TRIGGER move_tail AFTER INSERT ON geopark_log.save
FOR EACH ROW EXECUTE FUNCTION geopark_log.move_tail();
CREATE OR REPLACE TRIGGER keep_newest AFTER INSERT ON geopark_log.said
FOR EACH ROW EXECUTE FUNCTION geopark_log.keep_newest();

REVOKE ALL ON SCHEMA geopark_log, geopark FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA geopark_log FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA geopark_log FROM PUBLIC;

GRANT USAGE ON SCHEMA geopark_log TO @member@, @office@;
GRANT SELECT ON ALL TABLES IN SCHEMA geopark_log TO @member@;
GRANT INSERT ON geopark_log.author, geopark_log.save, geopark_log.membership, geopark_log.said
TO @member@;
GRANT USAGE ON SCHEMA geopark TO @reader@;
GRANT USAGE, CREATE ON SCHEMA geopark TO @office@;
GRANT SELECT, INSERT, UPDATE ON geopark_log.view_state TO @office@;
ALTER DEFAULT PRIVILEGES FOR ROLE @office@ IN SCHEMA geopark GRANT SELECT ON TABLES TO @reader@;
