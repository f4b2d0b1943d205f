// Package bundle is the file in which entries travel, and this comment is its specification: with it, and the public
// specifications of Zstandard (RFC 8878), JSON (RFC 8259) and the algorithms of the suites – age
// (age-encryption.org/v1) and Ed25519 (RFC 8032), or SM2 (GB/T 32918), SM3 (GB/T 32905) and SM4 (GB/T 32907) in GCM
// (NIST SP 800-38D) – anybody can write a reader.
//
// # The file
//
// A bundle is three lines of text, each ended by one line feed, and a ciphertext up to the end of the file:
//
//	lianluo bundle 1
//	{"version":1,"min_reader":1,"suite":"age-ed25519","program":"1.0.0","from":"530402002003Z1","to":"530402",…}
//	base64 of the signature over the two lines above, with their line feeds
//	encrypted( zstd( one record a line ) )
//
// The signature (64 bytes, 88 letters, RFC 4648 §4 with padding, canonical) covers the header, and the header holds
// the length and the SHA-256 of the ciphertext: one signature covers every byte. It stands outside the encryption so
// that a reader knows who wrote a file, and that it is whole, before it decrypts or decompresses anything. The head of
// a file is text: `head -n 2 FILE` is what was signed, and
//
//	tail -n +4 FILE | age -d -i HOME/keys/age.key | zstd -d
//
// gives the records of the suite age-ed25519. A bundle is written once and never changed; two bundles of the same
// records differ, because encryption takes fresh randomness each time.
//
// # The suites
//
// The header names one of two suites. They differ in these three things; all hashes are SHA-256 in both (see package
// suite for the reason), and every number, name, limit and order of reading is the same.
//
//	               age-ed25519                  sm2-sm3-sm4
//	key            32 bytes                     65 bytes: 04‖x‖y, the point uncompressed, 32 bytes a coordinate
//	signature      Ed25519                      SM2 with SM3 over Z‖lines, Z of the user id "1234567812345678" (the usual
//	                                            one), written as r‖s, 32 bytes each, big-endian
//	encrypted      one age file, binary,        "lianluo sm 1\n"; how many recipients, one byte; for each 113 bytes
//	               X25519 recipients            C1‖C3‖C2 of SM2 encryption (GB/T 32918.4; C1 is 04‖x‖y, C3 the SM3 sum)
//	                                            of the same random 16 bytes, the SM4 key; a nonce of 12 bytes; SM4-GCM of
//	                                            the whole under that key, its tag of 16 bytes last, with everything
//	                                            above the nonce, "lianluo sm 1" included, as additional data
//
// Each recipient opens a bundle alone: the receiver's keys, the keys that it announced as its next, the county's
// recovery key. The ciphertext does not tell which recipient is whose; a reader tries each of its own keys. A bundle of
// one suite is sealed to keys of that suite only.
//
// # Whose key, and how far
//
// A reader knows, for each computer, the keys with which it may have signed (package keyring says how it learns them).
// A key may end with an entry: because new keys were announced that sign from the next one on, or because the computer
// was revoked. A bundle signed by such a key is believed when it holds at least one entry of its own writer (the
// header's replica) and all of these are at or before the end, in an earlier incarnation or with the same and a number
// not above. So a heartbeat of such a key is refused. Entries of others that a bundle passes on are not measured by it.
//
// # The header
//
// One JSON object on one line of at most 64 KiB. A reader ignores members that it does not know; a writer that adds one
// which may not be ignored raises min_reader. A reader refuses a bundle whose first line names another number, whose
// min_reader is above its own version (1) or whose suite it does not know, and tells its user that a newer program is
// needed; it keeps the file. Hashes and replicas are written in hexadecimal, keys in base64, times by RFC 3339.
//
//	version      the version of this specification that the writer followed: 1
//	min_reader   the least version that can read it: 1
//	suite        "age-ed25519" or "sm2-sm3-sm4"
//	program      version of the program that wrote it, for people
//	from, to     unit codes, 1 to 40 ASCII letters, digits and hyphens, a letter or digit first
//	replica      the computer that wrote it: 16 bytes
//	incarnation  of that replica: 1, and after every restore a larger one that chance chooses, 96855 for example
//	stream       "up" (towards the city) or "down" (towards the stations)
//	first, last  positions in the stream, from 1 and below 2^63, that the records hold without a gap; last is first-1
//	             in a heartbeat, which carries no record and says only "I am here, this is my head"
//	prev         hash of the stream at first-1; zero when first is 1
//	end          the stream's last position when the bundle was made; above last, more is to come: a reader that
//	             holds less knows what it misses
//	head         hash of the stream at last
//	entries      last-first+1: how many records
//	made         wall time of the writer, for people; it never decides
//	key          the public key that signed, in the bytes of its suite
//	size         bytes of the ciphertext
//	sha256       of the ciphertext
//	acks         what the writer has of the streams that flow to it; see below
//	digest       what the writer's list says of the matters of the lower of the two units and of those below it: SHA-256
//	             over one line for each, "id state holder due\n", in the order of the ids; absent while one waits.
//	             A reader that holds this bundle's end, and whose own stream is acknowledged to its end, must have the same.
//	digests      the same of the things of other kinds, by kind, each line with the columns that its kind declares
//	position     signature by key of "lianluo position 1\n" and a line "from to replica incarnation stream last head\n" of this
//	             bundle: whoever holds the stream so far gives it back with its acknowledgement; absent from older programs
//	key_list     version, below 2^63, of the newest key list by the reader's computer that the writer holds; absent for none. A
//	             reader that knows of none so new was set back, and makes its next one newer; one a century ahead it does not believe
//
// # The stream
//
// What one computer has for one unit is a stream: position 1, 2, 3 …, each a record. Its hash covers every record up to
// a position:
//
//	hash(0) = 32 zero bytes
//	hash(n) = SHA-256( "lianluo stream 1\n" hash(n-1) n-as-8-bytes-big-endian hash-of-the-record )
//	hash of a record = SHA-256( "lianluo entry 1\n" core )
//
// So prev says which bundle must have come before, head what the reader must arrive at, and whoever left out, added or
// exchanged a record is found. A bundle whose first is not the reader's position + 1 shows a gap (or a repetition,
// which does no harm).
//
// # The records
//
// One zstd frame with a window of at most 8 MiB, which a heartbeat has too, with nothing in it; NDJSON, UTF-8, each
// line, the last too, ended by one line feed:
//
//	{"core":{…},"private":{…},"signature":"…"}
//
// in this order and without blanks, where private is absent when the entry has none or the reader's level may not know
// it. The bytes of core and private are hashed, so they are carried as they are, never re-written; neither holds a line
// feed. The member private of a core is the SHA-256 of the bytes of the private part, nothing before them, in
// hexadecimal; a reader refuses another private part. The member id of a core is "replica.incarnation.number": the
// number is that of the entry among those which the replica wrote in that incarnation, from 1 without a gap. Package
// journal says what the rest means. signature is base64 of the 64 bytes with which the computer that wrote the entry
// signed "lianluo entry signature 1\n" and the hash of the record, in its suite; absent where it wrote the entry with a
// program that did not sign. A reader who is given entries of a third computer verifies, of each run of consecutive
// numbers, the last: the hashes bind the others to it. Where it cannot be verified, that one before it, and so on; what
// is left is set aside, record by record, and the rest of the bundle counts.
//
// # The envelope
//
// An entry says in its core how it travels; entries of before there were envelopes have none.
//
//	"envelope":{"way":"path","audience":["530402002003Z1-8","530402000000","530400000000"],"privy":["530402000000"],"born":"…"}
//
//	way       "path": up and down among the audience; "up": from the author to those of it above him; "below": to every
//	          unit below the author; another one is passed on like "path"
//	audience  the units that it is for, the lowest first, each of which reports to the next or lies below it, the author
//	          among them; of "below" the author alone
//	privy     the units that may have the private part of what the author's unit says of the thing, besides that unit:
//	          the newest entry of the unit decides for all of them. Absent for nobody
//	born      32 hexadecimal digits, 16 bytes by chance, in the first entry of a thing
//
// A thing is its first author's. Its name, the member thing of a core, has the form of a UUIDv7: 48 bits of time in
// milliseconds, then the first 10 bytes of
//
//	SHA-256( "lianluo thing 1\n" time-as-6-bytes-big-endian replica born unit )
//
// with the bits of version and variant written over theirs; so that another computer's or unit's first entry of the
// same name does not fit and counts for nothing. Things of which a unit has only one are named by their kind, a blank
// and the unit ("rules 530402000000"); nobody else writes them. The audience of the first entry is whom the thing
// concerns: what others write about it counts for nothing either, nor does an entry whose depth is not 1 more than the
// greatest of those that it saw. Names of before are those of whose first entry came first. A reader passes on entries
// of kinds that it does not know, with their private parts, along their envelopes; without an envelope those of a
// matter go along its path, a pulse up, rules down.
//
// # Acknowledgements
//
// Each ack speaks for the writer of the bundle (from, replica, incarnation) about one stream that another computer
// keeps for it:
//
//	replica, incarnation, stream   whose stream
//	stored                         highest position up to which everything lies in the acknowledger's database
//	hash                           of that stream at stored
//	processed                      highest position up to which everything is visible to its people or set aside with
//	                               a reason; never above stored
//	proof                          the member position of the sender's bundle that ended there, as it came; absent where it
//	                               had none
//
// The last ack received is the truth, even when it is lower than the one before: its writer was restored from a backup,
// and everything after stored must be sent again.
//
// An ack above the sender's own position, or with another hash, says that the sender was set back to an earlier state.
// That changes what it sends to everybody, so it believes this of nobody's word: the proof must be its own signature,
// under a key that may sign its next entry, of exactly this reader, life, stream, position and hash; or a bundle of its
// own in the folder must say so, which also serves where the acknowledger's program gives no proof. Without either only
// the two of them differ: the sender disregards the ack, tells its people, and sends to all others as before. A reader
// that holds more than a hundred lives acknowledges the hundred newest.
//
// # Limits
//
// A reader refuses, before it works on them, a file above 64 MiB, a header above 64 KiB, more than 256 MiB of records,
// a line above 2 MiB and 256 bytes (two parts of 1 MiB), more than 100,000 records. A writer closes a bundle at 8 MiB
// of records.
//
// # Name
//
// <stream>-<incarnation>-<first>-<last>-<first 16 hexadecimal digits of sha256>.bundle. The name is a label that saves
// opening a file twice; a file under any other name is as good, because the contents decide.
package bundle
