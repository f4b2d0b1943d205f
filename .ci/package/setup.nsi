; The setup program of Windows: for whoever runs it, without an administrator. It is silent with /S; then it asks nobody to close
; anything and ends with 2 where the program is still open after half a minute, with 3 where a newer one is installed or Windows
; is too old, with 4 where it was not installed after all. With /UPDATE, as the window calls it, it begins at once and says
; when it is done. Records lie elsewhere, and nothing here touches them. Made by .ci/package/windows, which lists the files.
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetCompressorDictSize 64
CRCCheck force
SetDateSave off ; some are made here and now
AllowSkipFiles off
!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include FileFunc.nsh

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Lianluo"
Name "联络站"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Lianluo"
BrandingText "联络站 ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
!finalize '.ci/package/sign "%1"'
!uninstfinalize '.ci/package/sign "%1"'

VIProductVersion "${VERSION}.${BUILD}"
VIFileVersion "${VERSION}.${BUILD}"
VIAddVersionKey /LANG=2052 "ProductName" "联络站"
VIAddVersionKey /LANG=2052 "FileDescription" "联络站 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_WELCOMEPAGE_TITLE "安装联络站 ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "装在您自己的账户里，不用管理员密码，也不用联网。$\r$\n$\r$\n\
	以前登记的资料都留着：安装、更新、卸载都不动它。$\r$\n$\r$\n\
	联络站要是正开着，请先把没写完的登记保存好。点“安装”时会请它关上。"
!define MUI_FINISHPAGE_TITLE "装好了"
!define MUI_FINISHPAGE_TEXT "以后从“开始”菜单打开：联络站。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\lianluo.exe"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开联络站"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "只卸载程序。登记的资料不删，还留在这台电脑上（一般在 $LOCALAPPDATA\lianluo），以后重新装上可以接着用。"
!define MUI_PAGE_CUSTOMFUNCTION_PRE asked
!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_HEADER_TEXT "正在安装联络站"
!define MUI_PAGE_HEADER_SUBTEXT "一两分钟，请稍候。"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_PAGE_HEADER_TEXT "卸载联络站"
!define MUI_PAGE_HEADER_SUBTEXT "从这台电脑上去掉程序。"
!insertmacro MUI_UNPAGE_CONFIRM
!define MUI_PAGE_HEADER_TEXT "正在卸载联络站"
!define MUI_PAGE_HEADER_SUBTEXT "请稍候。"
!define MUI_INSTFILESPAGE_FINISHHEADER_TEXT "卸载好了"
!define MUI_INSTFILESPAGE_FINISHHEADER_SUBTEXT "登记的资料都留着。"
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE SimpChinese
SetFont /LANG=${LANG_SIMPCHINESE} "Microsoft YaHei UI" 11 ; people of sixty read it

; One line says what is done; what NSIS says by itself is paths.
!macro doing what
	SetDetailsPrint textonly
	DetailPrint "${what}"
	SetDetailsPrint none
!macroend

; Nobody writes into a program that runs, nor into a page that is open in a reader: that is how it is known. A window is asked to
; close as by its own button, so that it can ask back, and never ended.
!macro used file
	${If} ${FileExists} "$INSTDIR\${file}"
		ClearErrors
		FileOpen $0 "$INSTDIR\${file}" a
		${If} ${Errors}
			StrCpy $2 "${file}"
		${Else}
			FileClose $0
		${EndIf}
	${EndIf}
!macroend
!macro closed un
Function ${un}closed
	StrCpy $1 0
	${Do}
		StrCpy $2 ""
		!include "${LIST}.used"
		${If} $2 == ""
			Return
		${EndIf}
		${If} ${Silent}
			${If} $1 >= 60
				SetErrorLevel 2
				Quit
			${EndIf}
		${ElseIf} $1 = 0
			!insertmacro doing "联络站还开着，正请它关上……"
			nsExec::Exec '"$SYSDIR\taskkill.exe" /IM lianluo.exe' ; not one that lies beside this program
			Pop $0
		${ElseIf} $1 >= 20
			MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION \
				"联络站或者它的 $2 还开着。请把没写完的登记保存好，关上它，再点“重试”。" IDRETRY retry
			SetErrorLevel 2
			Quit
			retry:
			StrCpy $1 -1
		${EndIf}
		Sleep 500
		IntOp $1 $1 + 1
	${Loop}
FunctionEnd
!macroend
!insertmacro closed ""
!insertmacro closed "un."

; What the program opens with a double click. Whoever has an ending already keeps it: ours stands beside it in 打开方式.
!define CLASSES "Software\Classes"
!macro opens end name
	WriteRegStr HKCU "${CLASSES}\Lianluo${end}" "" "${name}"
	WriteRegStr HKCU "${CLASSES}\Lianluo${end}\DefaultIcon" "" "$INSTDIR\lianluo.exe,0"
	WriteRegStr HKCU "${CLASSES}\Lianluo${end}\shell\open\command" "" '"$INSTDIR\lianluo.exe" "%1"'
	WriteRegStr HKCU "${CLASSES}\${end}\OpenWithProgids" "Lianluo${end}" ""
	ReadRegStr $0 HKCU "${CLASSES}\${end}" ""
	ReadRegStr $1 HKLM "${CLASSES}\${end}" ""
	${If} "$0$1" == ""
		WriteRegStr HKCU "${CLASSES}\${end}" "" "Lianluo${end}"
	${EndIf}
!macroend
!macro leaves end
	ReadRegStr $0 HKCU "${CLASSES}\${end}" ""
	${If} $0 == "Lianluo${end}"
		DeleteRegValue HKCU "${CLASSES}\${end}" ""
	${EndIf}
	DeleteRegValue HKCU "${CLASSES}\${end}\OpenWithProgids" "Lianluo${end}"
	DeleteRegKey /ifempty HKCU "${CLASSES}\${end}\OpenWithProgids"
	DeleteRegKey /ifempty HKCU "${CLASSES}\${end}"
	DeleteRegKey HKCU "${CLASSES}\Lianluo${end}"
!macroend
!define ASSOCIATED "System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'" ; SHCNE_ASSOCCHANGED

; Lets a new file take the place of the one of before, which nobody has open now but what looks for viruses, for a moment.
!macro put file
	StrCpy $2 "${file}"
	Call put
!macroend
Function put
	StrCpy $1 0
	${Do}
		ClearErrors
		Delete "$INSTDIR\$2"
		Rename "$INSTDIR\new\$2" "$INSTDIR\$2"
		${IfNot} ${Errors}
			WriteRegStr HKCU "${KEY}\Files" "$2" "${VERSION}.${BUILD}"
			Return
		${EndIf}
		Sleep 500
		IntOp $1 $1 + 1
	${LoopUntil} $1 >= 60
	MessageBox MB_OK|MB_ICONSTOP "$2 换不成新的，正被别的程序用着。请重新开机，再装一次；登记的资料没有动。" /SD IDOK
	SetErrorLevel 4
	Quit
FunctionEnd

Function .onInstFailed
	SetErrorLevel 4
	SetOutPath "$TEMP"
	RMDir /r "$INSTDIR\new"
FunctionEnd

Function .onInit
	${IfNot} ${AtLeastWin10}
		MessageBox MB_OK|MB_ICONSTOP "联络站要在 Windows 10 或更新的系统上用。这台电脑上什么都没有动。" /SD IDOK
		SetErrorLevel 3
		Quit
	${EndIf}
	ReadRegStr $0 HKCU "${KEY}" DisplayVersion
	${If} $0 == ""
		Return
	${EndIf}
	${VersionCompare} "$0" "${VERSION}" $1
	${If} $1 = 1
		MessageBox MB_OK|MB_ICONSTOP "这台电脑上已经装了更新的联络站 $0，没有换成 ${VERSION}。" /SD IDOK
		SetErrorLevel 3
		Quit
	${EndIf}
FunctionEnd

Function asked
	${GetParameters} $0
	ClearErrors
	${GetOptions} $0 "/UPDATE" $1
	${IfNot} ${Errors}
		Abort
	${EndIf}
FunctionEnd

; Removes what an earlier one installed and this one does not: by its name, which the registry holds with the number of whichever
; installed it last. What is in use stays until the next time.
Function gone
	StrCpy $1 0
	${Do}
		EnumRegValue $2 HKCU "${KEY}\Files" $1
		${If} $2 == ""
			Return
		${EndIf}
		ReadRegStr $0 HKCU "${KEY}\Files" $2
		${If} $0 != "${VERSION}.${BUILD}"
			Delete "$INSTDIR\$2"
			${IfNot} ${FileExists} "$INSTDIR\$2"
				DeleteRegValue HKCU "${KEY}\Files" $2
				${Continue}
			${EndIf}
		${EndIf}
		IntOp $1 $1 + 1
	${Loop}
FunctionEnd

Section
	Call closed
	!insertmacro doing "正在复制文件……"
	SetOutPath "$INSTDIR\new"
	!include "${LIST}.install"
	SetOutPath "$INSTDIR"
	RMDir "$INSTDIR\new"
	Call gone
	WriteUninstaller "$INSTDIR\uninstall.exe"
	CreateShortCut "$SMPROGRAMS\联络站.lnk" "$INSTDIR\lianluo.exe"
	!insertmacro opens .bundle "联络站报送包"
	!insertmacro opens .release "联络站发布文件"
	${ASSOCIATED}
	WriteRegStr HKCU "${KEY}" DisplayName "联络站"
	WriteRegStr HKCU "${KEY}" DisplayVersion "${VERSION}"
	WriteRegStr HKCU "${KEY}" DisplayIcon "$INSTDIR\lianluo.exe"
	WriteRegStr HKCU "${KEY}" InstallLocation "$INSTDIR"
	WriteRegStr HKCU "${KEY}" UninstallString '"$INSTDIR\uninstall.exe"'
	WriteRegStr HKCU "${KEY}" QuietUninstallString '"$INSTDIR\uninstall.exe" /S'
	WriteRegDWORD HKCU "${KEY}" EstimatedSize ${SIZE}
	WriteRegDWORD HKCU "${KEY}" NoModify 1
	WriteRegDWORD HKCU "${KEY}" NoRepair 1
SectionEnd

Section Uninstall
	Call un.closed
	!insertmacro doing "正在删除程序的文件……"
	Delete "$SMPROGRAMS\联络站.lnk"
	!include "${LIST}.remove"
	!insertmacro leaves .bundle
	!insertmacro leaves .release
	${ASSOCIATED}
	RMDir /r "$INSTDIR\new"
	Delete "$INSTDIR\uninstall.exe"
	SetOutPath "$TEMP"
	RMDir "$INSTDIR"
	DeleteRegKey HKCU "${KEY}"
	!insertmacro doing "完成。"
SectionEnd
