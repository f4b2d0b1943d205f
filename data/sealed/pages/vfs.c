// The file system of sealed databases, over the one that SQLite has for this computer. What it does to bytes is done in
// Go (book.go); here is where they lie.
#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include "_cgo_export.h"
#include "sqlite.h"

enum {
	PAGE = 4096,     // of every sealed database
	HEAD = 64 << 10, // in front of a database
	KNOWN = 64,      // of it, what the file's key is known by
	LOG = 32,        // the head of a write-ahead log
	FRAME = 24,      // that of each of its pages
	VEILED = 16,     // the last bytes of both
	OF_PAGE = 1,     // last byte of a page in a log that is sealed as in the database; 0: as one at its place in the log
};

// SQLite locks bytes from here on, which on Windows nobody else can read or write; no page lies there.
static const sqlite3_int64 pending = 0x40000000;

typedef struct sealed_file {
	sqlite3_file base;
	sqlite3_file *real;       // lies behind this
	struct sealed_file *main; // the database that a log belongs to, or this one
	int kind;                 // SQLITE_OPEN_…
	unsigned key;             // of a database: which one seals it
	uintptr_t book;           // and what is made of it, 0 as long as the file is empty
	int copying;              // of a database: a checkpoint reads its log for that and nothing else
	sqlite3_int64 framed;     // of a log: where a page is to be written, and
	sqlite3_int64 number;     // which one it is
	unsigned char page[FRAME + PAGE];
} sealed_file;

static sqlite3_vfs *root;
static sqlite3_vfs sealing;

static sqlite3_int64 place(sealed_file *p, sqlite3_int64 at) {
	if (p->kind != SQLITE_OPEN_MAIN_DB) return at;
	at += HEAD;
	return at < pending ? at : at + PAGE;
}

// known reads the head of a database, or makes it where the file is empty and is going to be written, which SQLite does
// under an exclusive lock.
static int known(sealed_file *p, int make) {
	sqlite3_file *r = p->real;
	sqlite3_int64 size = 0;
	unsigned char head[KNOWN];
	if (p->book) return SQLITE_OK;
	int rc = r->pMethods->xFileSize(r, &size);
	if (rc != SQLITE_OK || (size == 0 && !make)) return rc;
	if (size != 0) {
		rc = r->pMethods->xRead(r, head, KNOWN, 0);
		if (rc == SQLITE_IOERR_SHORT_READ) return SQLITE_NOTADB;
		if (rc != SQLITE_OK) return rc;
	}
	p->book = lianluoKnow(p->key, head, size == 0);
	if (!p->book) return SQLITE_NOTADB;
	return size == 0 ? r->pMethods->xWrite(r, head, KNOWN, 0) : SQLITE_OK;
}

// book gives what opens and seals the pages of a file or of its log.
static uintptr_t book(sealed_file *p) { return p->main->book; }

static int sealed_close(sqlite3_file *f) {
	sealed_file *p = (sealed_file *)f;
	if (p->book) lianluoForget(p->book);
	p->book = 0;
	memset(p->page, 0, sizeof p->page);
	return p->real->pMethods->xClose(p->real);
}

// of_page gives a page, of which SQLite wants some bytes.
static int of_page(sealed_file *p, void *to, int n, sqlite3_int64 at, sqlite3_int64 from) {
	unsigned char *page = n == PAGE ? to : p->page;
	int rc = p->real->pMethods->xRead(p->real, page, PAGE, place(p, at));
	if (rc != SQLITE_OK) {
		if (rc == SQLITE_IOERR_SHORT_READ) memset(to, 0, n);
		return rc;
	}
	if (!lianluoOpen(book(p), p->kind, at, page)) return SQLITE_CORRUPT;
	if (n != PAGE) memcpy(to, page + from, n);
	return SQLITE_OK;
}

// number_of says which page stands in a frame, by its head.
static sqlite3_int64 number_of(const unsigned char *head) {
	return (sqlite3_int64)head[0] << 24 | head[1] << 16 | head[2] << 8 | head[3];
}

// open_frame makes plain what stands in a frame, whose head is not veiled there.
static int open_frame(sealed_file *p, unsigned char *frame, sqlite3_int64 at) {
	unsigned char *page = frame + FRAME;
	if (page[PAGE - 1] != OF_PAGE) return lianluoOpen(book(p), SQLITE_OPEN_WAL, at + FRAME, page);
	return lianluoOpen(book(p), SQLITE_OPEN_MAIN_DB, (number_of(frame) - 1) * PAGE, page);
}

// of_frame gives the page in a frame: as it stands there, where it is to be copied.
static int of_frame(sealed_file *p, unsigned char *to, int n, sqlite3_int64 at) {
	int rc = p->real->pMethods->xRead(p->real, p->page, FRAME + PAGE, at);
	if (rc != SQLITE_OK) {
		if (rc == SQLITE_IOERR_SHORT_READ) memset(to, 0, n);
		return rc;
	}
	int copy = p->main->copying && n == PAGE && p->page[FRAME + PAGE - 1] == OF_PAGE;
	if (!copy && !open_frame(p, p->page, at)) return SQLITE_CORRUPT;
	memcpy(to, p->page + FRAME, n);
	return SQLITE_OK;
}

// of_log reads a write-ahead log. A frame that SQLite reads whole, to know where the log ends, and that was not written
// whole, is none: it gets the salt of no log.
static int of_log(sealed_file *p, unsigned char *to, int n, sqlite3_int64 at) {
	sqlite3_int64 begin = at < LOG ? 0 : at - (at - LOG) % (FRAME + PAGE);
	int head = at < LOG ? LOG : FRAME, skip = (int)(at - begin), rc;
	if (at >= LOG && skip == FRAME && n <= PAGE) return of_frame(p, to, n, begin);
	if (skip == 0 && n == FRAME + PAGE && at >= LOG) {
		rc = p->real->pMethods->xRead(p->real, to, n, at);
		if (rc != SQLITE_OK) return rc;
		lianluoVeil(book(p), begin, to + FRAME - VEILED, 0);
		if (!open_frame(p, to, begin)) memset(to, 0, n);
		return SQLITE_OK;
	}
	if (skip + n > head) return SQLITE_IOERR_READ;
	rc = p->real->pMethods->xRead(p->real, p->page, head, begin);
	if (rc != SQLITE_OK) return rc;
	lianluoVeil(book(p), begin, p->page + head - VEILED, 0);
	memcpy(to, p->page + skip, n);
	return SQLITE_OK;
}

static int sealed_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at) {
	sealed_file *p = (sealed_file *)f;
	int rc = known(p->main, 0);
	if (rc != SQLITE_OK) return rc;
	if (!book(p)) {
		memset(to, 0, n);
		if (p->kind == SQLITE_OPEN_MAIN_DB && at == 0 && n == 100) lianluoEmpty(to);
		return SQLITE_IOERR_SHORT_READ;
	}
	switch (p->kind) {
	case SQLITE_OPEN_WAL:
		return of_log(p, to, n, at);
	case SQLITE_OPEN_MAIN_DB:
		if (at % PAGE + n > PAGE) return SQLITE_IOERR_READ;
		rc = of_page(p, to, n, at - at % PAGE, at % PAGE);
		if (rc != SQLITE_CORRUPT || at != 0 || n != 100) return rc;
		memset(to, 0, n); // SQLite asks what pages are like, before it looks whether the first one stands in the log
		lianluoEmpty(to);
		return SQLITE_OK;
	}
	return n == PAGE ? of_page(p, to, n, at, 0) : p->real->pMethods->xRead(p->real, to, n, at);
}

// to_frame seals a page for the log as for the database, so that a checkpoint has but to copy it. SQLite writes the head
// of a frame just before, or long ago where it writes a page once more in one transaction.
static int to_frame(sealed_file *p, const void *from, sqlite3_int64 at) {
	if (p->framed != at) {
		int rc = p->real->pMethods->xRead(p->real, p->page, FRAME, at - FRAME);
		if (rc != SQLITE_OK) return rc;
		p->framed = at;
		p->number = number_of(p->page);
	}
	if (!lianluoSeal(book(p), SQLITE_OPEN_MAIN_DB, (p->number - 1) * PAGE, (void *)from, p->page)) return SQLITE_IOERR_WRITE;
	p->page[PAGE - 1] = OF_PAGE;
	return SQLITE_OK;
}

static int sealed_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at) {
	sealed_file *p = (sealed_file *)f;
	int rc = known(p->main, p->kind == SQLITE_OPEN_MAIN_DB);
	if (rc != SQLITE_OK) return rc;
	if (n != PAGE && p->kind == SQLITE_OPEN_MAIN_JOURNAL) return p->real->pMethods->xWrite(p->real, from, n, at);
	if (!book(p)) return SQLITE_IOERR_WRITE;
	if (n == PAGE && p->copying && ((const unsigned char *)from)[PAGE - 1] == OF_PAGE) {
		return p->real->pMethods->xWrite(p->real, from, n, place(p, at));
	} else if (n == PAGE && p->kind == SQLITE_OPEN_WAL) {
		rc = to_frame(p, from, at);
		if (rc != SQLITE_OK) return rc;
	} else if (n == PAGE) {
		if (!lianluoSeal(book(p), p->kind, at, (void *)from, p->page)) return SQLITE_IOERR_WRITE;
	} else if (p->kind == SQLITE_OPEN_WAL && ((at == 0 && n == LOG) || ((at - LOG) % (FRAME + PAGE) == 0 && n == FRAME))) {
		memcpy(p->page, from, n);
		lianluoVeil(book(p), at, p->page + n - VEILED, 1);
		p->framed = at + n;
		p->number = number_of(from);
	} else {
		return SQLITE_IOERR_WRITE;
	}
	return p->real->pMethods->xWrite(p->real, p->page, n, place(p, at));
}

static int sealed_truncate(sqlite3_file *f, sqlite3_int64 size) {
	sealed_file *p = (sealed_file *)f;
	return p->real->pMethods->xTruncate(p->real, place(p, size));
}

static int sealed_size(sqlite3_file *f, sqlite3_int64 *size) {
	sealed_file *p = (sealed_file *)f;
	int rc = p->real->pMethods->xFileSize(p->real, size);
	if (rc != SQLITE_OK || p->kind != SQLITE_OPEN_MAIN_DB) return rc;
	if (*size > pending) *size -= PAGE;
	*size = *size > HEAD ? *size - HEAD : 0;
	return SQLITE_OK;
}

static int sealed_control(sqlite3_file *f, int op, void *arg) {
	sealed_file *p = (sealed_file *)f;
	switch (op) {
	case SQLITE_FCNTL_SIZE_HINT: // sizes of a file without a head
	case SQLITE_FCNTL_CHUNK_SIZE:
		return SQLITE_OK;
	case SQLITE_FCNTL_MMAP_SIZE: // nothing of it can be mapped into memory
		*(sqlite3_int64 *)arg = 0;
		return SQLITE_OK;
	case SQLITE_FCNTL_CKPT_START:
	case SQLITE_FCNTL_CKPT_DONE:
		p->copying = op == SQLITE_FCNTL_CKPT_START;
	}
	return p->real->pMethods->xFileControl(p->real, op, arg);
}

// That a write spoils nothing beside it lets SQLite write whole pages alone; a part of one cannot be read from the disk.
static int sealed_character(sqlite3_file *f) {
	sqlite3_file *r = ((sealed_file *)f)->real;
	return (r->pMethods->xDeviceCharacteristics(r) & SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN) | SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

#define PASS(name, declared, ...) \
	static int sealed_##name declared { \
		sqlite3_file *r = ((sealed_file *)f)->real; \
		return r->pMethods->x##name(__VA_ARGS__); \
	}
PASS(Sync, (sqlite3_file *f, int flags), r, flags)
PASS(Lock, (sqlite3_file *f, int lock), r, lock)
PASS(Unlock, (sqlite3_file *f, int lock), r, lock)
PASS(CheckReservedLock, (sqlite3_file *f, int *out), r, out)
PASS(SectorSize, (sqlite3_file *f), r)
PASS(ShmMap, (sqlite3_file *f, int n, int size, int extend, void volatile **to), r, n, size, extend, to)
PASS(ShmLock, (sqlite3_file *f, int from, int n, int flags), r, from, n, flags)
PASS(ShmUnmap, (sqlite3_file *f, int remove), r, remove)

static void sealed_barrier(sqlite3_file *f) {
	sqlite3_file *r = ((sealed_file *)f)->real;
	r->pMethods->xShmBarrier(r);
}

static const sqlite3_io_methods methods = {
	2, sealed_close, sealed_read, sealed_write, sealed_truncate, sealed_Sync, sealed_size, sealed_Lock, sealed_Unlock,
	sealed_CheckReservedLock, sealed_control, sealed_SectorSize, sealed_character, sealed_ShmMap, sealed_ShmLock,
	sealed_barrier, sealed_ShmUnmap, 0, 0,
};

// sealed_open opens a database or a log of one, as ever where its name says nothing of a seal; a temporary file would not
// be sealed, so there is none.
static int sealed_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out) {
	sealed_file *p = (sealed_file *)f;
	memset(p, 0, sizeof *p + root->szOsFile);
	int kind = flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL);
	const char *key = name && kind ? sqlite3_uri_parameter(name, "seal") : 0;
	if (!name || !kind) return SQLITE_CANTOPEN;
	if (!key) return root->xOpen(root, name, f, flags, out);
	p->real = (sqlite3_file *)(p + 1);
	p->kind = kind;
	p->key = (unsigned)strtoul(key, 0, 10);
	p->main = kind == SQLITE_OPEN_MAIN_DB ? p : (sealed_file *)sqlite3_database_file_object(name);
	int rc = root->xOpen(root, name, p->real, flags, out);
	if (rc == SQLITE_OK) p->base.pMethods = &methods;
	else if (p->real->pMethods) p->real->pMethods->xClose(p->real);
	return rc;
}

int lianluo_register(void) {
	root = sqlite3_vfs_find(0);
	if (!root) return SQLITE_CANTOPEN;
	sealing = *root;
	sealing.pNext = 0;
	sealing.zName = "lianluo";
	sealing.szOsFile = (int)sizeof(sealed_file) + root->szOsFile;
	sealing.xOpen = sealed_open;
	return sqlite3_vfs_register(&sealing, 0);
}

static sqlite3_mem_methods memory;

static void *blank(int n) {
	void *p = memory.xMalloc(n);
	return p ? memset(p, 0, n) : 0;
}

int lianluo_blank(void) {
#ifdef __GLIBC__
	mallopt(M_ARENA_MAX, 2); // each thread of Go would come to a heap of its own, and none is given back whole
#endif
	int rc = sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory);
	sqlite3_mem_methods blanked = memory;
	blanked.xMalloc = blank;
	return rc == SQLITE_OK ? sqlite3_config(SQLITE_CONFIG_MALLOC, &blanked) : rc;
}

void lianluo_trim(void) {
#ifdef __GLIBC__
	malloc_trim(0);
#endif
}
