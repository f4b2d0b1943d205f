// Package app is what we do: the parts of one installation of Lianluo (联络站) put together.
//
// # The map
//
// data is what we keep, app what we do, ui what we show, assets what we ship. Calls run one way, main → ui → app →
// data; rules_test.go holds who may import whom. A click and a bundle take the same straight line down: desk.Receive
// → store.Record (number, Fold, entry, projection, stream: one transaction) and courier → bundle.Open → peer.Receive →
// store.Arrivals → Fold. data/store is the journal and what it adds up to; data/view looks at its lists, data/peer
// knows whom we exchange with.
//
// A thing is what its entries add up to, by the rules of its kind. What kinds share is data/thing: history, conflicts,
// the table of rules; a kind of its own is a package of words (data/matter) and a line in Kinds. The store, the
// courier, search, check and restore know kinds by what they declare and none by name, and an entry's own envelope says
// where it goes: so an office passes on, seals and keeps what only a newer program understands, and has it in its lists
// when it is renewed. How things are numbered is data/numbers, what a unit's code says data/unit, closed lists
// data/words, what may be shown data/mask.
//
// This package has a file for each verb, and the parts that they join beside them; a second package would have to be
// given the whole App.
//
// Whom we believe is app/trust; it gives one picture a round, by which app/courier judges what it carries. Courier
// alone of all siblings imports another: a round cannot be made without the picture, and a verb of app between them
// would only pass it on.
//
// What window and command do alike is one verb of App, where siblings meet and pass plain values: Round and Watch
// (what lapses, the week's copy, an exchange); Rebuild, and Check with what it comes to; Paper, Draw, Print and Save;
// the recovery sheet from NewSheet to OpenSheet; Copy and Backup; Waiting and Troubles, which are what is not well
// and what to do as values, for which page and command have the words; Lately and Lacks. Whoever writes an entry is
// given who acts (data/clerk): the window and the command say it once, by App.Clerk, and nobody below asks the
// settings.
//
// Who may do what is one table (data/right: roles, rights, which right an act takes; people of a unit and their roles are
// data/staff, asked and changed by app/crew). Each part has one guard (right.Guard) and asks it first in every verb:
// Guard.Ask for who acts, Guard.Sits for who looks. A new verb that takes a clerk and asks nothing fails a test. App.Sit and
// App.Rise say who sits at the computer, App.May what he may be shown, and App.Machine is who does what the day brings.
//
// What is typed of a kind of things is one list of fields (data/field; matter.Fields): a row each, by which the form
// asks (kit.Form), the desk checks, page and command tell, and a correction is asked for and kept. Where the kind keeps
// a field is a member of its struct with the row's code as its JSON name; no row names it, and a test holds the two
// together.
//
// A page of the window is a line of one table (ui/window: code, title, group, icon, key, who has it, how it is made);
// pages know nothing of each other, and what they show alike stands in ui/show, which knows our work, or in ui/kit,
// which does not.
//
// # Decisions
//
// What an office above tells is kept and passed on as it came, and read as far as it can be: its program may be newer,
// and one word that means nothing here must not cost the rest. What somebody wrote into this home's own files is read
// strictly: it may be a slip of his.
//
// Entries, not tables, travel. A matter is the sum of its entries, folded in an order that no clock decides, so that
// bundles may come late, twice or in any order; the alternative, exchanging rows with "the last one wins", loses edits
// without a word.
//
// The list of a kind is a table made by what the kind declares (columns, indexes, version), not by a migration: it is
// a projection, so another version drops it and folds again, at open and in a copy that is put back, and a check
// compares with what this program makes. A migration for each would have to be written by hand and told to the copies
// of before.
//
// Whom a thing concerns is a list of units, the lowest first, each reporting to the first behind it that stands above
// it: a tree, so that a thing goes up, down and across. Asking a table of who reports to whom would give another answer
// on every computer.
//
// Whom a thing concerns changes by the envelopes of its entries, each counted as the difference to what its author had
// seen, where he stands above who comes or goes. So it follows from the entries alone, as all else, for an office that
// does not know the kind, too, and two who do not know of each other do not undo each other's word; a list of members
// told by its owner would wait for him. Who comes in gets the thing from its first entry; who went keeps it in his
// journal, and it stands in no list of his: pages need not ask.
//
// A person is one thing with his mandates in it, not a thing for each mandate: what is known of him is said once, and
// who may say what of a mandate follows from its level and place. Two things that prove to be one person are joined by
// an entry that can be taken back; folding one into the other would change IDs that others have written down.
//
// What is private of a person is for who named him, for the stations where he is
// grouped, and for who has to tell it on the way (person.Privy). A city has that of
// its own deputies, not of those of its counties, unless it alone can tell them to
// another county's station; what it was told before it keeps. Who may know later
// is told by an entry that says all of it again (Regroup); opening what was sent
// bare would have every stream send an entry twice. A station that named somebody
// stays among those whom he concerns, because a thing has an owner; it hears
// nothing private any more when he is grouped elsewhere, and does not list him.
//
// How a station is reached (Seat.Via, Site.Via) is written down when somebody is grouped and again when that changes
// (Regroup, in each round of a county), not looked up by whoever passes it on: he may know another picture.
//
// A number (02-002003-26-A0042-7) carries a letter of the computer that gave it, so two computers of a station never
// need to ask each other; a central allocation needs a network. The number is a label, the key has the form of a
// UUIDv7 and is made of who wrote the first entry (journal.Name): so nobody takes away what is another's, and no
// registry of names is needed for that.
//
// Whose an entry is, whom it concerns and who may have its private part is decided where things are folded
// (data/store: door, privy) by what the entries themselves say, not where files are read: so it is the same at every
// level, for what comes late, and after a rebuild.
//
// What people write in many ways is kept as it was typed and compared by one form each (data/spelling): 王　明 and 王明
// are one name, +86 138 1111 2222 and 13811112222 one telephone. Putting it right when it is typed would lose what
// was said, and would not help with what is in the journal already. A matter is found by these forms through labels,
// a projection that other forms make anew by a migration.
//
// A slip that the program printed is keyed in once for ever. A number of a station's own book is taken once in its
// book and year; the year is that of the day on which the citizen came, because that is the book in which it was
// written, while the day of keying may be in the next.
//
// The private part of an entry is bound into the chain by a salted hash only, so a level that may not know the citizen
// can be given the entry without it and still verify the chain.
//
// Everything not yet acknowledged is sent again in one file, so any one stick is enough; a queue with "sent" flags
// loses what a lost stick carried. An acknowledgement that moves backwards is obeyed: the receiver was restored.
//
// A sheet is read by what its caller says of the columns (app/sheet), so that people, stations and old registers of
// matters have one reader; what it reads of people and units is tried and taken by app/roster/batch. What is not
// beyond doubt is asked by the cell's address, and a blank says nothing: a wrong match is found by nobody, a question
// takes a minute.
//
// A row of an old register is one entry that says all that became of the matter (matter.Book), instead of an act for each
// step: these would have to be made up where the book is silent, and would bear today's date. So what the book told is
// known as such, more of it may come with a later sheet, and whoever begins to handle the matter here ends that. Which row
// it was is told by a hash in the private part, because the ID of a thing is bound to the computer that made it.
//
// What is said in confidence has a second holder in a sheet of paper, not in an office: its private part travels as
// an entry of its own, sealed to the sheet's key, whose private part goes to the offices up to the county. Carrying
// it inside the matter's own entry would make every copy of that larger and could not be done for what was written
// before the sheet; a second store beside the journal would need an exchange of its own. Each such entry is a thing
// by itself, so that none has to be read to write the next. The sheet is BIP-39's twelve characters, because they are
// read from paper and typed once in years; a long key in letters is mistyped. A new computer takes the sheet over
// when it was opened with it: another one would have to be printed, tried and locked away before anything new is
// safe, and the old would have to be kept beside it.
//
// Full text lies in a file of its own that a background pass fills, because a full-text merge stalls for seconds; a
// save never waits for it, and anybody may delete it.
//
// A right is asked where a thing is done, not where it is clicked: so window, command and every other door are bound alike,
// and none can forget it. What is read is asked in the name of who sits here instead of handing him to every question: a
// home has one seat. What he may not know of a citizen is covered where matters are given out (ledger.View.Covered), so that
// lists, papers and files made of them are covered with them.
//
// The people of a unit are one thing, not one each: who may change whom follows from all of them, so that it has to be
// folded with them, and two computers that lock each other's administrator end with one. A home without users is as it was
// before there were any, since most stations have one person; the first user founds the staff as its administrator. Where
// two computers founded it, one administrator stays and nobody is put out: to refuse the other founder would have locked
// all whom he let in. A user is who bears his name on the roster, and nobody where several do. Roles travel to the office
// above, passwords never: they belong to a computer.
//
// Nobody is believed before a person compared sixteen digits, on either side, and nothing private is sealed before;
// the folder is in reach of too many hands for trust at first sight, and commit and reveal would take one more trip
// with the stick. The digits cost 128 MiB each (keyring.Fingerprint says what passing them takes), so that they are
// computed where a person compares and nowhere else, and they may be typed before the paper that they are for has
// come.
//
// Authority comes from above or from a person: a list of keys counts in whom its writer speaks for. What units below
// say of an earlier computer of ours is a question to a person here, and counts only for words dated before our own
// first; that two of them say the same proves nothing, and asking the county's people once in a burnt computer's life
// is little.
//
// What a system error means is asked of data/disk by its number, since Windows and Unix number the same faults differently,
// instead of comparing with syscall's constants, which compile on Windows and are never equal there. What is renamed or removed
// goes through there, too, and waits some two seconds for who has it open, as virus scanners and what copies folders do for a
// moment: Go's own tests do the same (cmd/internal/robustio); renameio does not rename on Windows.
//
// Windows prints pictures of our pages (app/printer), not PDF: a program that opens PDF files says of no page whether
// it was printed, and many a PC has none; a library that draws any PDF weighs more than all of ours.
//
// A list on paper is a value (paper/table) that one writer draws, instead of a layout in each list: another kind of
// file takes the same value. A paper names what may be chosen about it and refuses the rest, because what is passed
// over in silence is printed, signed and believed.
//
// A receipt says 补打, the day and what has changed as soon as it is no longer the day of registration or no longer
// says what was given at the table, and when another office prints it; whether paper came out then is asked of
// nobody, because a print is no entry: it may jam, or come from another computer, and of two papers that differ the
// citizen must see which holds. What differs in nothing needs no mark.
//
// The window's program works commands, too, and one of commands alone is built with the tag nowindow: ui/screen is
// the one door between them, instead of a second main. Fyne complains of a system's language while it is linked in,
// before any code of ours runs but that of ui/look/language, which starts before it by the order of import paths that
// Go's specification gives; starting the program once more in another language would cost every command its time.
//
// The first nine pages that a role sees are numbered, the others are found by name (Ctrl+K, where there are any):
// digits are learned by place, so a tenth page takes no number from one that people know.
//
// A database is opened for what it is, not for where it lies: the computer that its note names, and whose keys signed
// its words. Whether there was ever an empty one only setting up knows, so only that makes one. What comes from
// elsewhere is read row by row into a file of our own schema; SQLite's own copy would bring along whatever it obeys,
// and cleaning that would mean to know all of it.
//
// Whether a place lies in the shared folder the disk says (one file is one), up along its parents; comparing paths
// misses links, second mounts and drives that have two names.
//
// A plan is worked out where it is asked for, from what is there: a session carries the rule and the day of the rule that
// it stands for, and such a slot is planned once. So a plan needs no state of its own, and two computers that planned
// the same find it out by looking. What planning took back itself (session.Withdrawn) frees its slot, what a hand took
// away does not. Whose turn it is follows from all sessions that are known, planned ones too, instead of a queue that
// would have to be kept and put right after each swap.
//
// Reports count tallies: what a list keeps of each matter and session in one text (matter.Tally), alone in an index, in the
// order of the day until which anything of it counts. So a report reads that index from its first day on and nothing of what
// anybody said, and one function in Go gives a number and the list behind it; SQL that gave the numbers would need a second one
// for the lists, and sums by text would sort a million rows. Nothing counted is kept, so nothing can differ from what it counts:
// the check of the lists is that of the numbers.
//
// A signed PDF is verified by writing its signature again out of what was read in it and comparing bytes: so there is one
// spelling, and nothing that readers could see otherwise. A lenient reader (gmsm/pkcs7, which also takes its time from the
// computer) would have to be followed by a list of what else may lie in a signature. Its day is what its signer says: a key
// that was put out of use is believed in no paper, since whoever stole it dates as he likes.
//
// From a registered stick each office wipes its own files alone, and only when all computers of the other side say that they
// have them: a file of another has its writer, who may need it for a second reader, and an import here proves nothing of
// that one.
//
// Who looked at what is no entry: it would travel, and a copy that is put back would take it along. It is a log of its own
// (data/audit), which says numbers and never names; each verb of App writes its line whether it succeeded or not, so that
// no page can forget it. The database remembers the end of the log, because a chain alone does not show that it was cut.
// A full disk is told and keeps nobody from working.
//
// Tests are given their clock. Scripts have one of their own (LIANLUO_TEST_CLOCK, which only the test binary reads),
// and .ci/days proves that nobody looks at another: it moves Go's own time.Now under the whole suite, which no
// program around a test can.
//
// Redacting is an act, not a deletion: an entry says that what was private of a thing is gone, and whoever folds it
// drops those parts, whose hashes alone stand in the chain (data/store/redact.go). A command to each computer would
// reach only those that are there, and what is deleted without a word would come back from the next copy. What somebody
// says who knew of it is new, and known again. Titles, and what was written of handling, stay: they are what is counted and
// answered for, every level has them in the open part, and whom one names a correction puts right.
//
// A home has one data key, and everybody who may open it is a pair of keys to which that is sealed (data/vault): of a
// password, a sheet, the office above, an account. So a key is renewed while nobody's password is at hand, and one file
// opens a home and its copies. A key for each user, or for each matter, would have every search ask many. What the office
// above holds is half of what opens: the other half stays in the home and goes into no copy, so that a stick, the office,
// and a stick with the office's help open nothing without this computer and the new password. Whoever has that computer
// and is helped by the office reads all, what was said in confidence, too: whom it helps is for the office to know.
//
// A home is sealed at one moment (home.Turn): all is written beside, one rename lets it count, and whoever opens the home
// next ends what was cut short. Sealing file by file would leave a home of which nobody could say what it is.
//
// A thief who has the folder of a protected home sees: sizes and times of files, how many may open it and in which ways, the
// name, telephone and code of the unit (settings.json), which pages of a database were written when, who exchanges what by
// the folder's names; of people nothing, and no passwords but by trying, each of which costs half a second of an old
// computer and 64 MiB. He does not see what was there before it was protected, unless the disk kept it (SSD), somebody
// copied it, or an old copy was not sealed (App.Readable). Whoever was locked and puts an old copy of the vault in the place
// of today's opens the home until its key is renewed, which the program asks for (App.Stale). What is not stopped: a program
// that he puts in ours' place and that waits for a password, whoever reads the memory while somebody is signed in, and a
// person who works here and writes down what he reads. Waits after wrong passwords are
// for who sits at this computer; they end where somebody starts it anew and sets its clock on, or removes their file: the
// stretching is what holds.
//
// Databases are sealed page by page beneath SQLite (data/sealed/pages), its logs and the search index, too, instead of values
// in columns and keyed hashes of the pairs that a search looks for: these would tell which words are frequent and which rows
// are equal, every query would have to know of them, and sorting by a name could not be done. SQLite's own order of writing
// stays, so what a power cut does stays, too.
//
// A package is made by dpkg-deb and rpmbuild, whose xz is C, instead of by nfpm: what gzip packs is larger than 70 MB, and the
// xz of Go takes minutes. The two programs share one file of fonts (assets/fonts), because a second copy of 82 MB would be most
// of what is installed; in it those of papers are packed, and cost a command 50 ms when it makes one. Licences are collected
// from the modules by .ci/package/beside, since go-licenses sees neither those of C and fonts nor another system's modules.
//
// A newer program is believed by a key that no office holds, and looked at in three places: when somebody sees it, when it is
// copied, and again before it is installed, each byte. A release is one file with the packages of all systems, instead of a file
// each: an office hands on what it cannot run itself, and one signature covers all. What is copied is a release, too, with
// one package. Versions are three numbers, compared here: golang.org/x/mod/semver takes more spellings than one. What is mended
// gets the next: of two programs of one number, told apart by a build, nobody could say on the telephone which he has. Whether it
// may be installed the session and the half-typed matter say, and a person; nothing installs itself.
//
// What runs on Windows is tried by the tests of everywhere, built for it and run under wine (.ci/windows), the stories of the
// commands among them; scripts of its own would drift away from them. Its setup program is of NSIS, which Debian has and which
// asks in Chinese or nobody. It removes by name what it installed, and a program that runs is asked to close, never ended:
// somebody may be in the middle of a visitor's words.
//
// A diagnosis says what this program counts, by names of its own (codes, versions, files of the home), instead of sending files
// of which names were taken out: nobody knows them all. Only the log comes as it is, and of that only what is written as our
// own errors are.
//
// What keeps the window away is said where who pressed the icon sees it: by the desktop's own box (zenity, kdialog), else as its
// notice over D-Bus. A box of ours would need the fonts or the OpenGL that may be what is missing, and X11.
//
// A bundle that came by mail is laid into a shared folder of its own, in which nothing else lies, and opened as a round opens
// one: a second way in, with checks of its own, would drift away from the first.
//
// # Dependencies
//
// fyne.io/fyne/v2 window · mattn/go-sqlite3 store and search · jung-kurt/gofpdf writes PDF pages (its line breaking
// and font loading are not used, they lose characters and time) · go-text/typesetting line-break opportunities ·
// rsc.io/qr QR codes · syncthing/notify hints from the folder · filippo.io/age and klauspost/compress inside bundles,
// so that plain age and zstd can read one · emmansun/gmsm the same with SM2, SM3 and SM4, where a county must use
// them · tyler-smith/go-bip39 the twelve characters of a recovery sheet (not its stretching) · google/uuid UUIDv7 ·
// gofrs/flock one window a home, one writer of its log · 6tail/lunar-go official working days and lunar months ·
// mozillazg/go-pinyin pinyin · golang.org/x/text Unicode's normal forms and Chinese encodings ·
// xuri/excelize writes workbooks (app/sheet/grid says why it does not read them) · zalando/go-keyring the
// system's keyring (99designs/keyring asks for a file and a password where there is none) · golang.org/x/term passwords
// that are not shown · godbus/dbus notices of the desktop (Fyne's need a window) · in tests only: pgregory.net/rapid,
// rogpeppe/go-internal (testscript), makiuchi-d/gozxing, santhosh-tekuri/jsonschema (Open311; the current draft, with
// formats asserted; xeipuuv/gojsonschema ends at draft 7).
package app
