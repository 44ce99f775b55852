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
INSERT INTO __EFMigrationsHistory VALUES('20261129155832_Initial','10.0.15');
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
INSERT INTO AuditEvents VALUES('01A2282D-00C3-7CEC-9C77-2653295756E1','Registered',639315671676830000,'Succeeded','01A2282D-0009-7AC7-9E93-55C676FB2B13','01A2282D-0009-7AC7-9E93-55C676FB2B13',NULL,'127.0.0.1',NULL,NULL);
INSERT INTO AuditEvents VALUES('01A2282D-035B-7C2B-9135-C126DAAEE029','SignedIn',639315671683470000,'Succeeded','01A2282D-0009-7AC7-9E93-55C676FB2B13','01A2282D-0009-7AC7-9E93-55C676FB2B13','01A2282D-035B-79EF-BC59-8089E57357FA','127.0.0.1','Phone','Password');
CREATE TABLE IF NOT EXISTS "DataProtectionKeys" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_DataProtectionKeys" PRIMARY KEY,
    "FriendlyName" TEXT NOT NULL,
    "Xml" TEXT NOT NULL
);
INSERT INTO DataProtectionKeys VALUES(1,'key-4572e936-b99a-4971-9759-b3f54b8e7dfc','<key id="4572e936-b99a-4971-9759-b3f54b8e7dfc" version="1"><creationDate>2026-11-29T16:39:24.4516471Z</creationDate><activationDate>2026-11-29T16:39:24.4516471Z</activationDate><expirationDate>2027-02-27T16:39:24.4516471Z</expirationDate><descriptor deserializerType="Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel.AuthenticatedEncryptorDescriptorDeserializer, Microsoft.AspNetCore.DataProtection, Version=10.0.0.0, Culture=neutral, PublicKeyToken=adb9793829ddae60"><descriptor><encryption algorithm="AES_256_GCM" /><!-- AES-GCM includes a 128-bit authentication tag, no extra validation algorithm required. --><masterKey p4:requiresEncryption="true" xmlns:p4="http://schemas.asp.net/2015/03/dataProtection"><!-- Warning: the key below is in an unencrypted form. --><value>zMf1kFBLT1rsu2DxOsmt8CediUKWtkNAtzuidbTE3Dm8JyKFCYiGPG3gAiXPXiHsMwcuabmgopXT+NgJYvC7iQ==</value></masterKey></descriptor></descriptor></key>');
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
INSERT INTO ServerSecrets VALUES('sign-in-keys',X'09f0c9f036e972459ab971499759b3f54b8e7dfc3db5c185323d6fab6ae0a33ed3fec12b081f84bb4c0614d2c20dcb79b44538f6fc50e37b4f92bfb5cd367faa680ede041c1286968e1e2a1517ce5823b07331567366179c87f88a910501601b');
CREATE TABLE IF NOT EXISTS "SignInFailures" (
    "Key" BLOB NOT NULL CONSTRAINT "PK_SignInFailures" PRIMARY KEY,
    "LoginKey" BLOB NULL,
    "Count" INTEGER NOT NULL,
    "EndsAt" INTEGER NOT NULL
);
INSERT INTO SignInFailures VALUES(X'd70b745c5451b6214baaaa3d50755602dfcdaf0f165546e24bce42ac9fd298d1',X'578a868825e0764b8876de65b78f1d069c769f50e3b6ea441d82cda2052d18ca',0,639315680683000000);
INSERT INTO SignInFailures VALUES(X'7fa0b7db02e7024a753732530bb210a6788dd287eac430db6158cc4af8a15a99',NULL,0,639315680683080000);
INSERT INTO SignInFailures VALUES(X'96af9f16b64292b2c9b80ffd85547aa90660702888e013edabd5f19361ca74fd',NULL,1,639315707688810000);
CREATE TABLE IF NOT EXISTS "Users" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Users" PRIMARY KEY,
    "Username" TEXT NOT NULL,
    "NormalizedUsername" TEXT NOT NULL,
    "Email" TEXT NOT NULL,
    "NormalizedEmail" TEXT NOT NULL,
    "EmailConfirmed" INTEGER NOT NULL,
    "PendingEmail" TEXT NULL,
    "NormalizedPendingEmail" TEXT NULL,
    "PasswordHash" TEXT NOT NULL,
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
INSERT INTO Users VALUES('01A2282D-0009-7AC7-9E93-55C676FB2B13','ann','ANN','ann@example.org','ANN@EXAMPLE.ORG',0,NULL,NULL,'AQAAAAIAAAPoAAAAEFHU8LqI8zUcWCESDLecE62wxKaA32p10KjzT1XCiNesHJx1iUGGpk2N4cXtxpy8Sw==','71c5ff56cc0445ab9dcf3903d7a345fd',0,NULL,'en','UTC',639315671674970000,NULL,NULL,0,NULL,NULL);
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
INSERT INTO AccountTokens VALUES('01A2282D-0009-7AC7-9E93-55C676FB2B13','ConfirmEmail','C0B20D64-B227-4F42-BEBE-0F2603EBCBAA',639316535688600000);
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
INSERT INTO ChangeCounters VALUES('01A2282D-0009-7AC7-9E93-55C676FB2B13',8,1,0,5,'UTC',NULL);
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
INSERT INTO Lists VALUES('01A2282D-049A-724B-8D8C-2361C5774CDE','01A2282D-0009-7AC7-9E93-55C676FB2B13','Training','#3fa7d6','V1V',NULL,639315671686660000,639315671686660000,NULL,1,1,NULL);
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
INSERT INTO OutboxMails VALUES('01A2282D-0009-7588-B256-3ADC5B7B6953','ConfirmEmail','01A2282D-0009-7AC7-9E93-55C676FB2B13',NULL,0,'{}','Sent',639315671674970000,639315671674970000,1,639315671693620000,NULL);
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
    "CreatedAt" INTEGER NOT NULL,
    "LastUsedAt" INTEGER NOT NULL,
    "ExpiresAt" INTEGER NOT NULL,
    "RefreshCounter" INTEGER NOT NULL,
    "PreviousCounter" INTEGER NOT NULL,
    "IsUsed" INTEGER NOT NULL,
    "RefreshedAt" INTEGER NULL,
    "RevokedAt" INTEGER NULL,
    "RevokedReason" TEXT NULL,
    CONSTRAINT "FK_Sessions_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO Sessions VALUES('01A2282D-035B-79EF-BC59-8089E57357FA','01A2282D-0009-7AC7-9E93-55C676FB2B13','Phone','127.0.0.1',639315671683470000,639315671683470000,639341591683470000,0,-1,1,NULL,NULL,NULL);
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
INSERT INTO Tasks VALUES('01A2282D-06E6-71E2-9EAB-27D82DBD7143','01A2282D-0009-7AC7-9E93-55C676FB2B13','Run',NULL,1,1,'01A2282D-049A-724B-8D8C-2361C5774CDE','V2V','[{"Key":"shoes","Title":"Shoes","Done":false,"Position":"V1V"},{"Key":"water","Title":"Water","Done":true,"Position":"V1V00001"}]',639315671692540000,639315671692540000,NULL,NULL,2,2,'2036-12-01T07:00','30,0',642473244000000000,'UTC',642473226000000000,'',NULL,NULL,NULL,0,0,0,replace('\nSPORT\n','\n',char(10)),'V2V 01a2282d-06e6-71e2-9eab-27d82dbd7143',replace('RUN\n','\n',char(10)),'RUN',replace('\nsport\n','\n',char(10)),NULL);
INSERT INTO Tasks VALUES('01A2282D-0953-7232-9CF3-8590FEE69AAA','01A2282D-0009-7AC7-9E93-55C676FB2B13','In the trash',NULL,0,1,NULL,'V3V','',639315671698750000,639315671700550000,NULL,639315671700550000,4,3,NULL,'',NULL,NULL,NULL,'',NULL,NULL,NULL,0,0,0,'','V3V 01a2282d-0953-7232-9cf3-8590fee69aaa',replace('IN THE TRASH\n','\n',char(10)),'IN THE TRASH','',NULL);
INSERT INTO Tasks VALUES('01A2282D-0A64-7634-8107-4EB86D0C25B4','01A2282D-0009-7AC7-9E93-55C676FB2B13','Überfällig',NULL,0,1,NULL,'V5V','',639315671701480000,639315671701480000,NULL,NULL,5,5,'2026-01-01T12:00 UTC','',639028656000000000,'UTC',639028656000000000,'',NULL,NULL,NULL,0,0,0,'','V5V 01a2282d-0a64-7634-8107-4eb86d0c25b4',replace('UBERFALLIG\n','\n',char(10)),'ÜBERFÄLLIG','',NULL);
INSERT INTO Tasks VALUES('01A2282D-0AF5-7C50-BD4C-B077ED03BF28','01A2282D-0009-7AC7-9E93-55C676FB2B13','Stretch',NULL,2,1,NULL,'V6V','',639315671702930000,639315671704250000,639315671704250000,NULL,8,6,'2036-11-30','',642472991999990000,'UTC',NULL,'','01A2282D-0AF5-7C50-BD4C-B077ED03BF28','2036-11-30','2036-12-01',0,1,0,'','V6V 01a2282d-0af5-7c50-bd4c-b077ed03bf28',replace('STRETCH\n','\n',char(10)),'STRETCH','','Due FREQ=DAILY');
INSERT INTO Tasks VALUES('2C0BC294-FF76-5E83-8B34-0E69E85D95D6','01A2282D-0009-7AC7-9E93-55C676FB2B13','Stretch',NULL,0,1,NULL,'V6V','',639315671704250000,639315671704250000,NULL,NULL,7,7,'2036-12-01','',642473855999990000,'UTC',642473855999990000,'','01A2282D-0AF5-7C50-BD4C-B077ED03BF28','2036-12-01',NULL,0,1,1,'','V6V 2c0bc294-ff76-5e83-8b34-0e69e85d95d6',replace('STRETCH\n','\n',char(10)),'STRETCH','','Due FREQ=DAILY');
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
INSERT INTO UserRoles VALUES('01A2282D-0009-7AC7-9E93-55C676FB2B13','0197A000-0000-7000-8000-000000000001');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('RoleClaims',6);
CREATE INDEX "IX_AuditEvents_ActorId_At_Id" ON "AuditEvents" ("ActorId", "At", "Id");
CREATE INDEX "IX_AuditEvents_At_Id" ON "AuditEvents" ("At", "Id");
CREATE INDEX "IX_AuditEvents_SubjectId_At_Id" ON "AuditEvents" ("SubjectId", "At", "Id");
CREATE INDEX "IX_AuditEvents_Type_At_Id" ON "AuditEvents" ("Type", "At", "Id");
CREATE INDEX "IX_ChangeCounters_RescheduledThrough" ON "ChangeCounters" ("RescheduledThrough") WHERE RescheduledThrough IS NOT NULL;
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
CREATE INDEX "IX_UserRoles_RoleId" ON "UserRoles" ("RoleId");
CREATE INDEX "IX_Users_CreatedAt_Id" ON "Users" ("CreatedAt", "Id");
CREATE INDEX "IX_Users_DeletedAt" ON "Users" ("DeletedAt") WHERE DeletedAt IS NOT NULL;
CREATE UNIQUE INDEX "IX_Users_NormalizedEmail" ON "Users" ("NormalizedEmail");
CREATE INDEX "IX_Users_NormalizedPendingEmail" ON "Users" ("NormalizedPendingEmail") WHERE NormalizedPendingEmail IS NOT NULL;
CREATE UNIQUE INDEX "IX_Users_NormalizedUsername" ON "Users" ("NormalizedUsername");
CREATE INDEX "IX_Users_Unconfirmed" ON "Users" ("CreatedAt") WHERE EmailConfirmed = 0;
COMMIT;
