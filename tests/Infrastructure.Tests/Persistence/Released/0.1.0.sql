PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY,
    "Timestamp" TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);
INSERT INTO __EFMigrationsHistory VALUES('20261129202603_Initial','10.0.15');
CREATE TABLE IF NOT EXISTS "AuditEvents" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_AuditEvents" PRIMARY KEY,
    "Type" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    "Outcome" TEXT NOT NULL,
    "ActorId" TEXT NULL,
    "SubjectId" TEXT NULL,
    "SessionId" TEXT NULL,
    "IpAddress" TEXT NULL,
    "Device" TEXT NULL,
    "Method" TEXT NULL
);
INSERT INTO AuditEvents VALUES('01A228FD-5F0C-7721-8324-AC7C9CFBB4A8','Registered',639315808233080000,'Succeeded','01A228FD-5EA5-7FFC-ADD4-822F550CF387','01A228FD-5EA5-7FFC-ADD4-822F550CF387',NULL,'127.0.0.1',NULL,NULL);
INSERT INTO AuditEvents VALUES('01A228FD-635B-7503-8E6D-56421A3B5AF0','SignedIn',639315808244110000,'Succeeded','01A228FD-5EA5-7FFC-ADD4-822F550CF387','01A228FD-5EA5-7FFC-ADD4-822F550CF387','01A228FD-635B-78B3-A25E-A55A858A230D','127.0.0.1','Phone','Password');
CREATE TABLE IF NOT EXISTS "DataProtectionKeys" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_DataProtectionKeys" PRIMARY KEY,
    "FriendlyName" TEXT NOT NULL,
    "Xml" TEXT NOT NULL
);
INSERT INTO DataProtectionKeys VALUES(1,'key-2d02797d-2462-4202-96a9-5bde35dc7a6e','<key id="2d02797d-2462-4202-96a9-5bde35dc7a6e" version="1"><creationDate>2026-11-29T20:27:02.2223829Z</creationDate><activationDate>2026-11-29T20:27:02.2223829Z</activationDate><expirationDate>2027-02-27T20:27:02.2223829Z</expirationDate><descriptor deserializerType="Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel.AuthenticatedEncryptorDescriptorDeserializer, Microsoft.AspNetCore.DataProtection, Version=10.0.0.0, Culture=neutral, PublicKeyToken=adb9793829ddae60"><descriptor><encryption algorithm="AES_256_GCM" /><!-- AES-GCM includes a 128-bit authentication tag, no extra validation algorithm required. --><masterKey p4:requiresEncryption="true" xmlns:p4="http://schemas.asp.net/2015/03/dataProtection"><!-- Warning: the key below is in an unencrypted form. --><value>cPNRjmEz2yYln3bFXfHNq5iuF94v4FnJwLNAxxl497/WlxBs3fbeh4EyEAxASGOWSbZ1xpZNxlB30JaEwQzHhQ==</value></masterKey></descriptor></descriptor></key>');
CREATE TABLE IF NOT EXISTS "IdentityRevocations" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_IdentityRevocations" PRIMARY KEY,
    "Provider" TEXT NOT NULL,
    "ClientId" TEXT NOT NULL,
    "Token" TEXT NOT NULL,
    "SubjectHash" BLOB NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "NextAttemptAt" INTEGER NOT NULL,
    "Attempts" INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS "Roles" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Roles" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "NormalizedName" TEXT NOT NULL,
    "ConcurrencyStamp" TEXT NULL
);
INSERT INTO Roles VALUES('0197A000-0000-7000-8000-000000000001','member','MEMBER','0197a000-0000-7000-8000-000000000001');
INSERT INTO Roles VALUES('0197A000-0000-7000-8000-000000000002','support','SUPPORT','0197a000-0000-7000-8000-000000000002');
INSERT INTO Roles VALUES('0197A000-0000-7000-8000-000000000003','admin','ADMIN','0197a000-0000-7000-8000-000000000003');
CREATE TABLE IF NOT EXISTS "Sequences" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_Sequences" PRIMARY KEY,
    "Value" INTEGER NOT NULL
);
INSERT INTO Sequences VALUES('Epoch',0);
INSERT INTO Sequences VALUES('Notifications',0);
INSERT INTO Sequences VALUES('TimeZoneData',202501);
CREATE TABLE IF NOT EXISTS "ServerSecrets" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_ServerSecrets" PRIMARY KEY,
    "Value" BLOB NOT NULL
);
INSERT INTO ServerSecrets VALUES('sign-in-keys',X'09f0c9f07d79022d6224024296a95bde35dc7a6e705b5a7697d00cdfd7532ed28aa45a5076d7fba3a4c5a718eb9369a066e3cbe2a4fcb07dcf8c497c1a2f5599bec4b663c144e57c0f9af3ddfea6d1159afe06abe714eb8870478313795e038a');
CREATE TABLE IF NOT EXISTS "SignInFailures" (
    "Key" BLOB NOT NULL CONSTRAINT "PK_SignInFailures" PRIMARY KEY,
    "LoginKey" BLOB NULL,
    "Count" INTEGER NOT NULL,
    "EndsAt" INTEGER NOT NULL
);
INSERT INTO SignInFailures VALUES(X'89e5359aa19cd3460fe917b7088c8c5ad7446ef6a603a1064c7dbd3713448166',NULL,1,639315844242860000);
INSERT INTO SignInFailures VALUES(X'b1c0738dad6a5674f8d438792e057581a3e53b4c0da85ef0f2a76b814cd902df',X'b01d0d0b8f809a9906ac77e8cc36b6249f01a08cb41f2aedae9bd4ba40372375',0,639315817243520000);
INSERT INTO SignInFailures VALUES(X'7d4cc38b0966175f03c91936acd455a4b016d9534d776c97784213f966e966ee',NULL,0,639315817243590000);
CREATE TABLE IF NOT EXISTS "UsedNonces" (
    "Hash" BLOB NOT NULL CONSTRAINT "PK_UsedNonces" PRIMARY KEY,
    "ExpiresAt" INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS "Users" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Users" PRIMARY KEY,
    "Username" TEXT NOT NULL,
    "NormalizedUsername" TEXT NOT NULL,
    "Email" TEXT NULL,
    "NormalizedEmail" TEXT NULL,
    "EmailConfirmed" INTEGER NOT NULL,
    "PendingEmail" TEXT NULL,
    "NormalizedPendingEmail" TEXT NULL,
    "PasswordHash" TEXT NULL,
    "SecurityStamp" TEXT NOT NULL,
    "MfaEnabled" INTEGER NOT NULL,
    "DisplayName" TEXT NULL,
    "Locale" TEXT NOT NULL,
    "TimeZone" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "DisabledAt" INTEGER NULL,
    "DeletedAt" INTEGER NULL,
    "NotifiedByEmail" INTEGER NOT NULL,
    "QuietFrom" TEXT NULL,
    "QuietTo" TEXT NULL
);
INSERT INTO Users VALUES('01A228FD-5EA5-7FFC-ADD4-822F550CF387','ann','ANN','ann@example.org','ANN@EXAMPLE.ORG',0,NULL,NULL,'AQAAAAIAAAPoAAAAEGTYneOjQOdNhAKHhohyYYG9Eztfzo3diFu8L9H/KFd8P3XB3NkPuMj3JmwpK75KCQ==','c673a91bb08a4934bbf66011682f634d',0,NULL,'en','UTC',639315808232050000,NULL,NULL,0,NULL,NULL);
CREATE TABLE IF NOT EXISTS "RoleClaims" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_RoleClaims" PRIMARY KEY AUTOINCREMENT,
    "RoleId" TEXT NOT NULL,
    "ClaimType" TEXT NOT NULL,
    "ClaimValue" TEXT NOT NULL,
    CONSTRAINT "FK_RoleClaims_Roles_RoleId" FOREIGN KEY ("RoleId") REFERENCES "Roles" ("Id") ON DELETE CASCADE
);
INSERT INTO RoleClaims VALUES(1,'0197A000-0000-7000-8000-000000000002','permission','users:read');
INSERT INTO RoleClaims VALUES(2,'0197A000-0000-7000-8000-000000000002','permission','audit:read');
INSERT INTO RoleClaims VALUES(3,'0197A000-0000-7000-8000-000000000003','permission','users:read');
INSERT INTO RoleClaims VALUES(4,'0197A000-0000-7000-8000-000000000003','permission','audit:read');
INSERT INTO RoleClaims VALUES(5,'0197A000-0000-7000-8000-000000000003','permission','users:manage');
INSERT INTO RoleClaims VALUES(6,'0197A000-0000-7000-8000-000000000003','permission','roles:manage');
CREATE TABLE IF NOT EXISTS "AccountTokens" (
    "UserId" TEXT NOT NULL,
    "Purpose" TEXT NOT NULL,
    "Nonce" TEXT NOT NULL,
    "ExpiresAt" INTEGER NOT NULL,
    CONSTRAINT "PK_AccountTokens" PRIMARY KEY ("UserId", "Purpose"),
    CONSTRAINT "FK_AccountTokens_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO AccountTokens VALUES('01A228FD-5EA5-7FFC-ADD4-822F550CF387','ConfirmEmail','2C58EB62-1592-4B82-9B95-3D6320902525',639316672242610000);
CREATE TABLE IF NOT EXISTS "ChangeCounters" (
    "OwnerId" TEXT NOT NULL CONSTRAINT "PK_ChangeCounters" PRIMARY KEY,
    "Value" INTEGER NOT NULL,
    "LastListVersion" INTEGER NOT NULL,
    "PurgedThrough" INTEGER NOT NULL,
    "TaskCount" INTEGER NOT NULL,
    "TimeZone" TEXT NOT NULL,
    "RescheduledThrough" TEXT NULL,
    CONSTRAINT "FK_ChangeCounters_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO ChangeCounters VALUES('01A228FD-5EA5-7FFC-ADD4-822F550CF387',8,1,0,5,'UTC',NULL);
CREATE TABLE IF NOT EXISTS "Identities" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Identities" PRIMARY KEY,
    "OwnerId" TEXT NOT NULL,
    "Provider" TEXT NOT NULL,
    "Issuer" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    "Email" TEXT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "LastUsedAt" INTEGER NOT NULL,
    "GrantClientId" TEXT NULL,
    "GrantToken" TEXT NULL,
    CONSTRAINT "FK_Identities_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS "Lists" (
    "Id" TEXT NOT NULL,
    "OwnerId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Color" TEXT NULL,
    "Position" TEXT NOT NULL,
    "ArchivedAt" INTEGER NULL,
    "CreatedAt" INTEGER NOT NULL,
    "UpdatedAt" INTEGER NOT NULL,
    "DeletedAt" INTEGER NULL,
    "Version" INTEGER NOT NULL,
    "CreatedVersion" INTEGER NOT NULL,
    "EmptyThrough" INTEGER NULL,
    CONSTRAINT "PK_Lists" PRIMARY KEY ("OwnerId", "Id"),
    CONSTRAINT "FK_Lists_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO Lists VALUES('01A228FD-64B7-7B90-8167-E702B99C7C34','01A228FD-5EA5-7FFC-ADD4-822F550CF387','Training','#3fa7d6','V1V',NULL,639315808247590000,639315808247590000,NULL,1,1,NULL);
CREATE TABLE IF NOT EXISTS "MfaFactors" (
    "UserId" TEXT NOT NULL CONSTRAINT "PK_MfaFactors" PRIMARY KEY,
    "Seed" BLOB NOT NULL,
    "ConfirmedAt" INTEGER NULL,
    "LastUsedStep" INTEGER NOT NULL,
    CONSTRAINT "FK_MfaFactors_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS "Notifications" (
    "Id" TEXT NOT NULL,
    "OwnerId" TEXT NOT NULL,
    "Type" TEXT NOT NULL,
    "TaskId" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "DueAt" INTEGER NOT NULL,
    "MinutesBefore" INTEGER NULL,
    "CreatedAt" INTEGER NOT NULL,
    "ReadAt" INTEGER NULL,
    "SnoozedUntil" INTEGER NULL,
    "MailId" TEXT NULL,
    "Sequence" INTEGER NOT NULL,
    CONSTRAINT "PK_Notifications" PRIMARY KEY ("OwnerId", "Id"),
    CONSTRAINT "FK_Notifications_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS "OutboxMails" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_OutboxMails" PRIMARY KEY,
    "Kind" TEXT NOT NULL,
    "UserId" TEXT NULL,
    "Address" TEXT NULL,
    "CanWait" INTEGER NOT NULL,
    "Data" TEXT NOT NULL,
    "Status" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "NextAttemptAt" INTEGER NOT NULL,
    "Attempts" INTEGER NOT NULL,
    "FinishedAt" INTEGER NULL,
    "LastError" TEXT NULL,
    CONSTRAINT "FK_OutboxMails_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO OutboxMails VALUES('01A228FD-5EA5-79FE-BA92-15F30654F201','ConfirmEmail','01A228FD-5EA5-7FFC-ADD4-822F550CF387',NULL,0,'{}','Sent',639315808232050000,639315808232050000,1,639315808245470000,NULL);
CREATE TABLE IF NOT EXISTS "Passkeys" (
    "CredentialId" BLOB NOT NULL CONSTRAINT "PK_Passkeys" PRIMARY KEY,
    "UserId" TEXT NOT NULL,
    "Data" TEXT NOT NULL,
    CONSTRAINT "FK_Passkeys_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS "RecoveryCodes" (
    "UserId" TEXT NOT NULL,
    "Hash" BLOB NOT NULL,
    CONSTRAINT "PK_RecoveryCodes" PRIMARY KEY ("UserId", "Hash"),
    CONSTRAINT "FK_RecoveryCodes_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS "Sessions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Sessions" PRIMARY KEY,
    "OwnerId" TEXT NOT NULL,
    "Device" TEXT NULL,
    "IpAddress" TEXT NULL,
    "IdentityId" TEXT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "LastUsedAt" INTEGER NOT NULL,
    "ExpiresAt" INTEGER NOT NULL,
    "RefreshCounter" INTEGER NOT NULL,
    "PreviousCounter" INTEGER NOT NULL,
    "IsUsed" INTEGER NOT NULL,
    "RefreshedAt" INTEGER NULL,
    "ReauthenticatedUntil" INTEGER NULL,
    "ReauthenticationStamp" TEXT NULL,
    "RevokedAt" INTEGER NULL,
    "RevokedReason" TEXT NULL,
    CONSTRAINT "FK_Sessions_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO Sessions VALUES('01A228FD-635B-78B3-A25E-A55A858A230D','01A228FD-5EA5-7FFC-ADD4-822F550CF387','Phone','127.0.0.1',NULL,639315808244110000,639315808244110000,639341728244110000,0,-1,1,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE IF NOT EXISTS "Tasks" (
    "Id" TEXT NOT NULL,
    "OwnerId" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Description" TEXT NULL,
    "Status" INTEGER NOT NULL,
    "Priority" INTEGER NOT NULL,
    "ListId" TEXT NULL,
    "Position" TEXT NOT NULL,
    "Checklist" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "UpdatedAt" INTEGER NOT NULL,
    "CompletedAt" INTEGER NULL,
    "DeletedAt" INTEGER NULL,
    "Version" INTEGER NOT NULL,
    "CreatedVersion" INTEGER NOT NULL,
    "Due" TEXT NULL,
    "Reminders" TEXT NOT NULL,
    "DueAt" INTEGER NULL,
    "DueTimeZone" TEXT NULL,
    "NextAlertAt" INTEGER NULL,
    "Alerts" TEXT NOT NULL,
    "SeriesId" TEXT NULL,
    "Occurrence" TEXT NULL,
    "NextOccurrence" TEXT NULL,
    "HasMissed" INTEGER NOT NULL,
    "Streak" INTEGER NOT NULL,
    "IsUntouched" INTEGER NOT NULL,
    "LabelKeys" TEXT NOT NULL,
    "PositionKey" TEXT NOT NULL,
    "SearchText" TEXT NOT NULL,
    "TitleKey" TEXT NOT NULL,
    "Labels" TEXT NOT NULL,
    "Recurrence" TEXT NULL,
    CONSTRAINT "PK_Tasks" PRIMARY KEY ("OwnerId", "Id"),
    CONSTRAINT "FK_Tasks_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO Tasks VALUES('01A228FD-65D4-7762-959E-8B395769121C','01A228FD-5EA5-7FFC-ADD4-822F550CF387','Run',NULL,1,1,'01A228FD-64B7-7B90-8167-E702B99C7C34','V2V','[{"Key":"shoes","Title":"shoes","Done":false,"Position":"V"},{"Key":"water","Title":"water","Done":true,"Position":"W"}]',639315808250440000,639315808250440000,NULL,NULL,2,2,'2036-12-01T07:00','30,0',642473244000000000,'UTC',642473226000000000,'',NULL,NULL,NULL,0,0,0,replace('\nSPORT\n','\n',char(10)),'V2V 01a228fd-65d4-7762-959e-8b395769121c',replace('RUN\n','\n',char(10)),'RUN',replace('\nsport\n','\n',char(10)),NULL);
INSERT INTO Tasks VALUES('01A228FD-668C-7B48-8E2E-ECFCD6328981','01A228FD-5EA5-7FFC-ADD4-822F550CF387','In the trash',NULL,0,1,NULL,'V3V','',639315808252280000,639315808255100000,NULL,639315808255100000,4,3,NULL,'',NULL,NULL,NULL,'',NULL,NULL,NULL,0,0,0,'','V3V 01a228fd-668c-7b48-8e2e-ecfcd6328981',replace('IN THE TRASH\n','\n',char(10)),'IN THE TRASH','',NULL);
INSERT INTO Tasks VALUES('01A228FD-67E0-7FB4-BA35-80600866C32A','01A228FD-5EA5-7FFC-ADD4-822F550CF387','Überfällig',NULL,0,1,NULL,'V5V','',639315808255680000,639315808255680000,NULL,NULL,5,5,'2026-01-01T12:00 UTC','',639028656000000000,'UTC',639028656000000000,'',NULL,NULL,NULL,0,0,0,'','V5V 01a228fd-67e0-7fb4-ba35-80600866c32a',replace('UBERFALLIG\n','\n',char(10)),'ÜBERFÄLLIG','',NULL);
INSERT INTO Tasks VALUES('01A228FD-6821-7895-B933-91E5541B4E76','01A228FD-5EA5-7FFC-ADD4-822F550CF387','Stretch',NULL,2,1,NULL,'V6V','',639315808256330000,639315808258610000,639315808258610000,NULL,8,6,'2036-11-30','',642472991999990000,'UTC',NULL,'','01A228FD-6821-7895-B933-91E5541B4E76','2036-11-30','2036-12-01',0,1,0,'','V6V 01a228fd-6821-7895-b933-91e5541b4e76',replace('STRETCH\n','\n',char(10)),'STRETCH','','Due FREQ=DAILY');
INSERT INTO Tasks VALUES('CFE578F9-8C0D-5E36-9A22-29C5ED86A967','01A228FD-5EA5-7FFC-ADD4-822F550CF387','Stretch',NULL,0,1,NULL,'V6V','',639315808258610000,639315808258610000,NULL,NULL,7,7,'2036-12-01','',642473855999990000,'UTC',642473855999990000,'','01A228FD-6821-7895-B933-91E5541B4E76','2036-12-01',NULL,0,1,1,'','V6V cfe578f9-8c0d-5e36-9a22-29c5ed86a967',replace('STRETCH\n','\n',char(10)),'STRETCH','','Due FREQ=DAILY');
CREATE TABLE IF NOT EXISTS "UnusedChallengeTokens" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_UnusedChallengeTokens" PRIMARY KEY,
    "Purpose" TEXT NOT NULL,
    "UserId" TEXT NULL,
    "ExpiresAt" INTEGER NOT NULL,
    CONSTRAINT "FK_UnusedChallengeTokens_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS "UserRoles" (
    "UserId" TEXT NOT NULL,
    "RoleId" TEXT NOT NULL,
    CONSTRAINT "PK_UserRoles" PRIMARY KEY ("UserId", "RoleId"),
    CONSTRAINT "FK_UserRoles_Roles_RoleId" FOREIGN KEY ("RoleId") REFERENCES "Roles" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_UserRoles_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO UserRoles VALUES('01A228FD-5EA5-7FFC-ADD4-822F550CF387','0197A000-0000-7000-8000-000000000001');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('RoleClaims',6);
CREATE INDEX "IX_AuditEvents_ActorId_At_Id" ON "AuditEvents" ("ActorId", "At", "Id");
CREATE INDEX "IX_AuditEvents_At_Id" ON "AuditEvents" ("At", "Id");
CREATE INDEX "IX_AuditEvents_SubjectId_At_Id" ON "AuditEvents" ("SubjectId", "At", "Id");
CREATE INDEX "IX_AuditEvents_Type_At_Id" ON "AuditEvents" ("Type", "At", "Id");
CREATE INDEX "IX_ChangeCounters_RescheduledThrough" ON "ChangeCounters" ("RescheduledThrough") WHERE RescheduledThrough IS NOT NULL;
CREATE INDEX "IX_Identities_OwnerId" ON "Identities" ("OwnerId");
CREATE UNIQUE INDEX "IX_Identities_Subject" ON "Identities" ("Subject", "Issuer");
CREATE INDEX "IX_IdentityRevocations_NextAttemptAt" ON "IdentityRevocations" ("NextAttemptAt");
CREATE INDEX "IX_IdentityRevocations_SubjectHash" ON "IdentityRevocations" ("SubjectHash");
CREATE INDEX "IX_Lists_Archived" ON "Lists" ("OwnerId", "Id", "ArchivedAt") WHERE ArchivedAt IS NOT NULL;
CREATE INDEX "IX_Lists_DeletedAt" ON "Lists" ("DeletedAt") WHERE DeletedAt IS NOT NULL;
CREATE INDEX "IX_Lists_EmptyThrough" ON "Lists" ("EmptyThrough") WHERE EmptyThrough IS NOT NULL;
CREATE UNIQUE INDEX "IX_Lists_Id" ON "Lists" ("Id");
CREATE INDEX "IX_Lists_OwnerId_Version" ON "Lists" ("OwnerId", "Version");
CREATE INDEX "IX_Notifications_CreatedAt" ON "Notifications" ("CreatedAt");
CREATE INDEX "IX_Notifications_List" ON "Notifications" ("OwnerId", "Sequence", "Id");
CREATE INDEX "IX_Notifications_MailId" ON "Notifications" ("MailId") WHERE MailId IS NOT NULL;
CREATE UNIQUE INDEX "IX_Notifications_Sequence" ON "Notifications" ("Sequence");
CREATE INDEX "IX_Notifications_Unread" ON "Notifications" ("OwnerId", "Sequence", "Id") WHERE ReadAt IS NULL;
CREATE INDEX "IX_OutboxMails_Address" ON "OutboxMails" ("Address") WHERE Address IS NOT NULL;
CREATE INDEX "IX_OutboxMails_CanWait_NextAttemptAt" ON "OutboxMails" ("CanWait", "NextAttemptAt") WHERE FinishedAt IS NULL;
CREATE INDEX "IX_OutboxMails_FinishedAt" ON "OutboxMails" ("FinishedAt") WHERE FinishedAt IS NOT NULL;
CREATE INDEX "IX_OutboxMails_UserId" ON "OutboxMails" ("UserId");
CREATE INDEX "IX_Passkeys_UserId" ON "Passkeys" ("UserId");
CREATE INDEX "IX_RoleClaims_RoleId" ON "RoleClaims" ("RoleId");
CREATE UNIQUE INDEX "IX_Roles_NormalizedName" ON "Roles" ("NormalizedName");
CREATE INDEX "IX_Sessions_ExpiresAt" ON "Sessions" ("ExpiresAt");
CREATE INDEX "IX_Sessions_OwnerId_CreatedAt" ON "Sessions" ("OwnerId", "CreatedAt");
CREATE INDEX "IX_Sessions_RevokedAt" ON "Sessions" ("RevokedAt") WHERE RevokedAt IS NOT NULL;
CREATE INDEX "IX_SignInFailures_EndsAt" ON "SignInFailures" ("EndsAt");
CREATE INDEX "IX_SignInFailures_LoginKey" ON "SignInFailures" ("LoginKey") WHERE LoginKey IS NOT NULL;
CREATE INDEX "IX_Tasks_CreatedAt" ON "Tasks" ("OwnerId", "CreatedAt", "CreatedVersion", "ListId") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_Tasks_DeletedAt" ON "Tasks" ("DeletedAt") WHERE DeletedAt IS NOT NULL;
CREATE INDEX "IX_Tasks_DueAt" ON "Tasks" ("OwnerId", "DueAt", "CreatedVersion", "ListId") WHERE DeletedAt IS NULL;
CREATE UNIQUE INDEX "IX_Tasks_Id" ON "Tasks" ("Id");
CREATE INDEX "IX_Tasks_ListId" ON "Tasks" ("OwnerId", "ListId", "PositionKey", "CreatedVersion") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_Tasks_NextAlertAt" ON "Tasks" ("NextAlertAt") WHERE NextAlertAt IS NOT NULL;
CREATE UNIQUE INDEX "IX_Tasks_Position" ON "Tasks" ("OwnerId", "PositionKey") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_Tasks_Priority" ON "Tasks" ("OwnerId", "Priority", "CreatedVersion") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_Tasks_Series" ON "Tasks" ("OwnerId", "SeriesId", "Occurrence", "Streak") WHERE SeriesId IS NOT NULL;
CREATE INDEX "IX_Tasks_SeriesCreatedAt" ON "Tasks" ("OwnerId", "SeriesId", "CreatedAt", "CreatedVersion") WHERE DeletedAt IS NULL AND SeriesId IS NOT NULL;
CREATE INDEX "IX_Tasks_Summary" ON "Tasks" ("OwnerId", "Status", "Priority", "ListId", "DueAt", "DeletedAt") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_Tasks_TitleKey" ON "Tasks" ("OwnerId", "TitleKey", "CreatedVersion") WHERE DeletedAt IS NULL;
CREATE UNIQUE INDEX "IX_Tasks_Trash" ON "Tasks" ("OwnerId", "Version") WHERE DeletedAt IS NOT NULL;
CREATE UNIQUE INDEX "IX_Tasks_Version" ON "Tasks" ("OwnerId", "Version") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_UnusedChallengeTokens_ExpiresAt" ON "UnusedChallengeTokens" ("ExpiresAt");
CREATE INDEX "IX_UnusedChallengeTokens_UserId" ON "UnusedChallengeTokens" ("UserId");
CREATE INDEX "IX_UsedNonces_ExpiresAt" ON "UsedNonces" ("ExpiresAt");
CREATE INDEX "IX_UserRoles_RoleId" ON "UserRoles" ("RoleId");
CREATE INDEX "IX_Users_CreatedAt_Id" ON "Users" ("CreatedAt", "Id");
CREATE INDEX "IX_Users_DeletedAt" ON "Users" ("DeletedAt") WHERE DeletedAt IS NOT NULL;
CREATE UNIQUE INDEX "IX_Users_NormalizedEmail" ON "Users" ("NormalizedEmail");
CREATE INDEX "IX_Users_NormalizedPendingEmail" ON "Users" ("NormalizedPendingEmail") WHERE NormalizedPendingEmail IS NOT NULL;
CREATE UNIQUE INDEX "IX_Users_NormalizedUsername" ON "Users" ("NormalizedUsername");
CREATE INDEX "IX_Users_Unconfirmed" ON "Users" ("CreatedAt") WHERE EmailConfirmed = 0 AND Email IS NOT NULL;
COMMIT;
