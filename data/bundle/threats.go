// # The threat model
//
// A computer can harm what it wrote itself, and nothing else. What follows says of each who might want to what he can
// do, what he cannot do, and what shows it. Every sentence ends with the tests that hold it (go test ./PACKAGE -run
// TEST); app.TestWorldsWithATraitor plays most of it at random, in the ordinary test hundreds of times.
//
// # Somebody with the folder
//
// He reads and writes whatever lies in the shared folder, or in the program that synchronises it, and may compute
// anything from it. He has no key.
//
//   - He can delete, cut, exchange, keep back and repeat files. That costs time: what is not acknowledged is sent again
//     (app.TestChaosThenHealing, app/courier.TestFilesGoAstray, app/courier.TestFault26CleanedAndReplayed,
//     app/courier.TestAnythingMayHappen).
//   - He can read the outside of a bundle: who writes to whom, when and how much, and what offices say of themselves on
//     their cards (data/bundle.TestOtherToolsReadIt, data/keyring.TestEnrolment).
//   - He cannot read a record (data/suite.TestEachRecipientOpensAlone, data/suite.TestOneSuiteNeverOpensTheOther).
//   - He cannot become the office of a station, nor a station of an office, before a person on each side typed sixteen
//     digits that lie nowhere in the folder (app/trust.TestNobodyIsBelievedAtFirstSight,
//     app/trust.TestDigitsLieNowhereInTheFolder, data/keyring.TestSlipsOfTheFingerAreTold). To pass he must find keys
//     with the digits of the true ones: package keyring reckons what that costs.
//   - He cannot step into the place of an office that is believed, also when that one has a new computer
//     (app/trust.TestAnotherCountyKeyIsRefused, app/trust.TestTheDoorStaysShut,
//     app/trust.TestAnothersPaperInThePlaceOfOurs).
//   - He cannot change a byte of what others wrote, nor pass it off for another's or to another
//     (data/bundle.TestFault04And05EveryTruncationAndEveryFlip, data/bundle.TestWhoAndForWhom,
//     data/suite.TestCiphertextsTouched, app/courier.TestFault27NotToBeBelieved).
//   - He cannot write over a screen or choose the number that somebody calls (app/trust.TestRequestsThatLie,
//     data/keyring.TestCardsOfWordsThatCannotBePrinted).
//   - He cannot wear a computer out: what it works on has limits, known before the work
//     (data/bundle.TestFault28DecompressedLimit, data/bundle.TestFault28TooLarge,
//     data/bundle.TestFault28HeadersThatCannotBe, data/folder.TestLinksDevicesAndGiants,
//     app/trust.TestStrangersCostNoDigits), what was refused stays closed until something changes, and what is kept of
//     it has an end (app/courier.TestRefusedFilesStayClosed, app/courier.TestCopiesAsideHaveALimit). What is honest
//     among it is read (app/courier.TestHonestFileAmongJunk, app/courier.TestRefusedFilesAreReadWhenTheirTimeComes).
//   - He cannot turn the folder into another, or its marker against it (app/courier.TestFault25AnothersFolder,
//     data/folder.TestCutMarkerIsMended).
//   - What he keeps back shows as a gap, then as silence; what he spoils is named, with what to do
//     (app/courier.TestFault03LostForEver, app/courier.TestSilenceIsSeenFromAbove, app/courier.TestDamagedFile,
//     app/courier.TestOddFileStopsNobody).
//
// # An enrolled station
//
// It signs with its own true keys whatever it likes, at any depth and under any name, and aims it at others.
//
//   - It can fill its own books with lies, and void what is true in them; its office sees each act and who did it
//     (data/peer.TestTheDoorIsOpenToWhomItConcerns, app.TestJourney).
//   - It cannot take a matter away from its table, or change it (data/peer.TestAMatterIsItsTables,
//     data/journal.TestThingIsItsAuthors).
//   - It cannot register in another's name, or under numbers that he has given; but a township's table, which may write
//     for villages without a computer of their own, can take a number that a village is still to give: then both stand,
//     and the id tells them apart (data/peer.TestNobodyRegistersInAnothersName).
//   - It cannot read the words of another's citizen, whatever it writes about his matter or in whichever life
//     (data/peer.TestPrivatePartsGoWhereTheirAuthorSays, data/peer.TestAMatterIsItsTables).
//   - It cannot speak for its office, or name computers that its office had: a list speaks for its writer, and of an
//     earlier computer of an office a person there says whether it was one (app/trust.TestForgedPredecessor,
//     app/trust.TestEarlierComputersWaitForAPerson, app/trust.TestAListSpeaksForItsWriter,
//     app/trust.TestANumberIsOneComputer, app.TestFormerKeysHideNobody, app.TestTownshipSpeaksForNobodyElse,
//     data/peer.TestWhatCannotBeIsBarred).
//   - It cannot stop its office or another station: not by numbers that cannot be, not by what it says to have
//     received, not by lists (data/peer.TestWhatCannotBeIsBarred, app/courier.TestForgedAcknowledgement,
//     app/courier.TestBorrowedProofs, app/trust.TestLiesAboutKeyLists, app/trust.TestAListThatFloods,
//     app/courier.TestOnePeerCannotBeSentTo), nor by how much it says (data/peer.TestAFloodIsBounded).
//   - What it signs and what cannot be costs itself alone, a record, a card or a file, and has a limit
//     (data/peer.TestOneUnprovenRecordCostsOneRecord, data/peer.TestUnprovenHasALimit,
//     data/peer.TestAJournalStaysAChain, data/keyring.TestABadCardCostsThatCard, data/bundle.TestSignedButWrong,
//     app.TestFault22Poison).
//   - Its words stay words on others' screens and papers, and say the same to every reader
//     (data/matter.TestForeignWordsAreLegible, app.TestProgramOfAPeerIsLegible, data/journal.TestCoreSaysOneThing).
//   - What it did stands in its own journal for ever, and is named at its office (data/journal.TestTamperingIsFound,
//     app.TestWorldsWithATraitor).
//
// # Its computer that was put out of use
//
//   - It can open what was sealed for it while it was in use; what it said then still counts
//     (app/trust.TestFault27RevokedFromANumberOn).
//   - It cannot add a word to that, in no life and by no copy of an earlier one (data/keyring.TestRevokedFromANumberOn,
//     app/trust.TestThiefInAnEarlierLife, app/trust.TestRevokedThenRenewedThenSetBack), nor new keys
//     (app/trust.TestKeyChangeByARevokedKey).
//   - It gets nothing more, and is told so; offices that were away hear of it (app/trust.TestDeadComputerReplaced,
//     app/trust.TestRevocationReachesTheOtherComputer, app/archive.TestWhatElseOutlivesACopy).
//
// # A county
//
//   - It can read the ordinary citizens of its stations; they come back from it when a station burns
//     (app/trust.TestDeadComputerReplaced).
//   - It cannot read what was said in confidence, with its own recovery key either, though it keeps it for the station,
//     nor lift the confidence (app.TestConfidentialThroughAllLevels, app.TestRecoveryKeyOpensNothingConfidential,
//     app.TestSheetOnANewComputer, app.TestConfidenceIsLiftedAtTheTableAlone,
//     data/store.TestKeepsakeHeldAgainstItsEntry).
//   - It lets computers in, so it can let one in under the code of a station of its own, which then writes as that
//     station's second computer. Its list names each, and the city shows them (app/courier.TestSilenceIsSeenFromAbove).
//   - It cannot write in the name of a station's own computer, or change what that wrote, nor speak for another
//     county's (app/trust.TestCityProvesWhatTheCountyPassesOn, app/trust.TestACountysListSpeaksForItsOwn).
//   - It can keep something back from the city, or from a station. The numbers of the entries show it, and lists that
//     differ (app/trust.TestCityProvesWhatTheCountyPassesOn, app/courier.TestSilenceIsSeenFromAbove).
//   - It cannot set a successor in its place at a station without a person there (app/trust.TestTheDoorStaysShut,
//     app/trust.TestCountyReplaced).
//   - It cannot tell a station that this one was set back, unless that is so (app/courier.TestForgedAcknowledgement,
//     app/courier.TestDiskPutBackIsProven).
//
// # A city
//
//   - It sees matters, not citizens: no name, telephone or word of one reaches it
//     (data/peer.TestPrivatePartsGoWhereTheirAuthorSays, app/archive.TestNamesOfABurntStationOutliveACopy), with a
//     recovery key of its own either (app/trust.TestRecoveryKeyOfACityOpensNothingOfStations).
//   - It can put a county's computer out of use, which the county is told, and may take back
//     (app/trust.TestCountyIsLetInAgain, app/trust.TestRevocationIsTakenBack).
//   - It cannot act on what is not up with it, nor write in the name of a computer below; one that it lets in itself
//     under a county's code it can (app.TestWhatAnOfficeMayNot, app/trust.TestCityProvesWhatTheCountyPassesOn).
//
// # A thief of a stick
//
//   - Of a stick for the exchange he has what somebody with the folder has; what it carried comes again with the next
//     (app/courier.TestLostFileIsSentAgain, app.TestFault12Sticks).
//   - Of a stick with a copy he has everything: copies are not encrypted. So none is ever made where others read, and
//     none is taken from there (app.TestNothingOfTheHomeIsShared, data/home.TestWithin).
//   - Whoever builds something into a copy, or exchanges it, gains little when it is put back: it brings rows, of this
//     unit, and nothing that runs (app/archive.TestCopyBringsRowsOnly, app/archive.TestWhatIsNotPutBack). What he
//     invents in it stands here, and nobody else believes it (app/archive.TestInventedCopyConvincesNobody). Whom
//     somebody here compared, which digits he typed and which earlier computers he owned to no copy says, nor who is
//     the office above (app/archive.TestWhatSomebodySaidOutlivesACopy, app.TestCopySaysNotWhomToBelieve,
//     app/archive.TestACopyPlantsNoOffice).
//   - A recovery sheet alone tells nothing: it opens what the county holds for its station, for which a computer must
//     be let in (data/keyring.TestSheetOpens, app.TestSheetOnANewComputer).
//
// # A thief of a computer
//
//   - He has the home, and it opens for him as for anybody: nothing in it is locked, but what a recovery sheet opens
//     (app.TestOwnDatabaseOpens, data/keyring.TestHomeKeepsPublicHalfOnly).
//   - He can write as this computer until somebody says that it is gone, from then on no more
//     (app/trust.TestFault27RevokedFromANumberOn).
//   - Whoever only comes to it for a while cannot change what was written, or leave something in the database that goes
//     on working, without check naming it (data/store.TestCheckFindsWhatWasTamperedWith,
//     app/archive.TestCheckNamesAnotherSchema).
//   - He cannot put another book in the place of this one, or an empty one (app.TestForeignDatabaseIsRefused,
//     app/setup.TestSetUpOverRecords).
//   - A name that he gives a printer, a file or a folder is a name, and runs nothing (app/printer.TestNamesAreNoPaths).
package bundle
