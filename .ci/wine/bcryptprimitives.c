// What wine 8, that of Debian 12, lacks for programs of Go 1.26; for tests alone, and in no package.
//
// Go takes its randomness from ProcessPrng of bcryptprimitives.dll, which this library stands in for. And Go deletes and renames
// by the information classes 64 and 65 of NtSetInformationFile, or, where STATUS_INVALID_INFO_CLASS is answered, by the older
// ones; wine answers STATUS_NOT_IMPLEMENTED, so that nothing could be deleted. The library puts that answer right while it is
// loaded, where NtSetInformationFile begins as it does in wine 8; any other wine is left alone.
#include <windows.h>
#include <string.h>

BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T n) { return SystemFunction036(bytes, (ULONG)n); }

typedef LONG(NTAPI *setting)(HANDLE, PVOID, PVOID, ULONG, ULONG);

static setting original;

static LONG NTAPI answered(HANDLE file, PVOID status, PVOID information, ULONG length, ULONG class) {
	const LONG not_implemented = 0xC0000002, invalid_info_class = 0xC0000003;
	LONG answer = original(file, status, information, length, class);
	return (class == 64 || class == 65) && answer == not_implemented ? invalid_info_class : answer;
}

BOOL WINAPI DllMain(HINSTANCE library, DWORD reason, LPVOID reserved) {
	static const unsigned char known[] = {0x4c, 0x8b, 0xd1, 0xb8}; // mov r10, rcx; mov eax, …
	unsigned char jump[] = {0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xe0}; // mov rax, …; jmp rax
	void *to = answered;
	DWORD before;
	unsigned char *begins = (void *)GetProcAddress(GetModuleHandleA("ntdll.dll"), "NtSetInformationFile");
	if (reason != DLL_PROCESS_ATTACH || !begins || memcmp(begins, known, sizeof known)) return TRUE;
	unsigned char *copy = VirtualAlloc(NULL, 32, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
	if (!copy || !VirtualProtect(begins, 32, PAGE_EXECUTE_READWRITE, &before)) return TRUE;
	memcpy(copy, begins, 32); // the whole function
	original = (setting)copy;
	memcpy(jump + 2, &to, sizeof to);
	memcpy(begins, jump, sizeof jump);
	VirtualProtect(begins, 32, before, &before);
	return TRUE;
}
