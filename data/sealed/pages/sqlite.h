// What of SQLite's interface a file system of it needs (sqlite.org/vfs.html, sqlite.org/c3ref/io_methods.html,
// sqlite.org/c3ref/mem_methods.html); its makers change none of it. The functions are those that the driver brings into
// the program. They are weak, as this package is linked once by itself to learn what it calls.
#ifndef LIANLUO_SQLITE_H
#define LIANLUO_SQLITE_H

typedef long long sqlite3_int64;
typedef struct sqlite3_file sqlite3_file;
typedef struct sqlite3_vfs sqlite3_vfs;
typedef struct sqlite3_io_methods sqlite3_io_methods;
typedef void (*sqlite3_symbol)(void);
typedef int (*sqlite3_syscall)(void);

struct sqlite3_io_methods {
	int iVersion;
	int (*xClose)(sqlite3_file *);
	int (*xRead)(sqlite3_file *, void *, int, sqlite3_int64);
	int (*xWrite)(sqlite3_file *, const void *, int, sqlite3_int64);
	int (*xTruncate)(sqlite3_file *, sqlite3_int64);
	int (*xSync)(sqlite3_file *, int);
	int (*xFileSize)(sqlite3_file *, sqlite3_int64 *);
	int (*xLock)(sqlite3_file *, int);
	int (*xUnlock)(sqlite3_file *, int);
	int (*xCheckReservedLock)(sqlite3_file *, int *);
	int (*xFileControl)(sqlite3_file *, int, void *);
	int (*xSectorSize)(sqlite3_file *);
	int (*xDeviceCharacteristics)(sqlite3_file *);
	int (*xShmMap)(sqlite3_file *, int, int, int, void volatile **);
	int (*xShmLock)(sqlite3_file *, int, int, int);
	void (*xShmBarrier)(sqlite3_file *);
	int (*xShmUnmap)(sqlite3_file *, int);
	int (*xFetch)(sqlite3_file *, sqlite3_int64, int, void **);
	int (*xUnfetch)(sqlite3_file *, sqlite3_int64, void *);
};

struct sqlite3_file {
	const sqlite3_io_methods *pMethods;
};

struct sqlite3_vfs {
	int iVersion;
	int szOsFile;
	int mxPathname;
	sqlite3_vfs *pNext;
	const char *zName;
	void *pAppData;
	int (*xOpen)(sqlite3_vfs *, const char *, sqlite3_file *, int, int *);
	int (*xDelete)(sqlite3_vfs *, const char *, int);
	int (*xAccess)(sqlite3_vfs *, const char *, int, int *);
	int (*xFullPathname)(sqlite3_vfs *, const char *, int, char *);
	void *(*xDlOpen)(sqlite3_vfs *, const char *);
	void (*xDlError)(sqlite3_vfs *, int, char *);
	sqlite3_symbol (*xDlSym)(sqlite3_vfs *, void *, const char *);
	void (*xDlClose)(sqlite3_vfs *, void *);
	int (*xRandomness)(sqlite3_vfs *, int, char *);
	int (*xSleep)(sqlite3_vfs *, int);
	int (*xCurrentTime)(sqlite3_vfs *, double *);
	int (*xGetLastError)(sqlite3_vfs *, int, char *);
	int (*xCurrentTimeInt64)(sqlite3_vfs *, sqlite3_int64 *);
	int (*xSetSystemCall)(sqlite3_vfs *, const char *, sqlite3_syscall);
	sqlite3_syscall (*xGetSystemCall)(sqlite3_vfs *, const char *);
	const char *(*xNextSystemCall)(sqlite3_vfs *, const char *);
};

typedef struct sqlite3_mem_methods {
	void *(*xMalloc)(int);
	void (*xFree)(void *);
	void *(*xRealloc)(void *, int);
	int (*xSize)(void *);
	int (*xRoundup)(int);
	int (*xInit)(void *);
	void (*xShutdown)(void *);
	void *pAppData;
} sqlite3_mem_methods;

enum {
	SQLITE_OK = 0,
	SQLITE_CORRUPT = 11,
	SQLITE_CANTOPEN = 14,
	SQLITE_NOTADB = 26,
	SQLITE_IOERR_READ = 10 | 1 << 8,
	SQLITE_IOERR_SHORT_READ = 10 | 2 << 8,
	SQLITE_IOERR_WRITE = 10 | 3 << 8,

	SQLITE_OPEN_MAIN_DB = 0x100,
	SQLITE_OPEN_MAIN_JOURNAL = 0x800,
	SQLITE_OPEN_WAL = 0x80000,

	SQLITE_FCNTL_SIZE_HINT = 5,
	SQLITE_FCNTL_CHUNK_SIZE = 6,
	SQLITE_FCNTL_MMAP_SIZE = 18,
	SQLITE_FCNTL_CKPT_DONE = 37,
	SQLITE_FCNTL_CKPT_START = 39,

	SQLITE_IOCAP_POWERSAFE_OVERWRITE = 0x1000,
	SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN = 0x800,

	SQLITE_CONFIG_MALLOC = 4,
	SQLITE_CONFIG_GETMALLOC = 5,
};

#define FROM_DRIVER extern __attribute__((weak))
FROM_DRIVER sqlite3_vfs *sqlite3_vfs_find(const char *);
FROM_DRIVER int sqlite3_vfs_register(sqlite3_vfs *, int);
FROM_DRIVER const char *sqlite3_uri_parameter(const char *, const char *);
FROM_DRIVER sqlite3_file *sqlite3_database_file_object(const char *);
FROM_DRIVER int sqlite3_config(int, ...);

int lianluo_register(void);
int lianluo_blank(void);

#endif
