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
INSERT INTO __EFMigrationsHistory VALUES('20261130011809_Initial','10.0.15');
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
INSERT INTO AuditEvents VALUES('01A22A0B-9599-70BC-AFBB-95A81258664D','Registered',639315985319930000,'Succeeded','01A22A0B-94AA-765A-8BAF-CB54F17809D7','01A22A0B-94AA-765A-8BAF-CB54F17809D7',NULL,'127.0.0.1',NULL,NULL);
INSERT INTO AuditEvents VALUES('01A22A0B-99D1-7A71-9C76-A8BC5D1874D1','SignedIn',639315985330730000,'Succeeded','01A22A0B-94AA-765A-8BAF-CB54F17809D7','01A22A0B-94AA-765A-8BAF-CB54F17809D7','01A22A0B-99D1-7D92-9A83-91ECF0E37413','127.0.0.1','Phone','Password');
CREATE TABLE IF NOT EXISTS "DataProtectionKeys" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_DataProtectionKeys" PRIMARY KEY,
    "FriendlyName" TEXT NOT NULL,
    "Xml" TEXT NOT NULL
);
INSERT INTO DataProtectionKeys VALUES(1,'key-09a0212e-5fa1-4a51-9f90-b2ed823e92c3','<key id="09a0212e-5fa1-4a51-9f90-b2ed823e92c3" version="1"><creationDate>2026-11-30T01:22:08.8126114Z</creationDate><activationDate>2026-11-30T01:22:08.8126114Z</activationDate><expirationDate>2027-02-28T01:22:08.8126114Z</expirationDate><descriptor deserializerType="Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel.AuthenticatedEncryptorDescriptorDeserializer, Microsoft.AspNetCore.DataProtection, Version=10.0.0.0, Culture=neutral, PublicKeyToken=adb9793829ddae60"><descriptor><encryption algorithm="AES_256_GCM" /><!-- AES-GCM includes a 128-bit authentication tag, no extra validation algorithm required. --><masterKey p4:requiresEncryption="true" xmlns:p4="http://schemas.asp.net/2015/03/dataProtection"><!-- Warning: the key below is in an unencrypted form. --><value>fvjyHBPZKEcbxX3R0ZXbOlxQyQE5lxFVT7A75IB4jBhYFGOmrtU4bN7A0B54NwBA5Lhg1/BPFibLbe/XLuz9Iw==</value></masterKey></descriptor></descriptor></key>');
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
INSERT INTO ServerSecrets VALUES('sign-in-keys',X'09f0c9f02e21a009a15f514a9f90b2ed823e92c37ee3639c0f5eb36ca08d88341e33fd596c84177adb53c68ba256b24e903ea342cd241daa61a109d64d7c63bd65bd8afc888a304ffd6dbb34b00e7d2e3a2c6cf096071c376b3d90c579e11fe3');
CREATE TABLE IF NOT EXISTS "SignInFailures" (
    "Key" BLOB NOT NULL CONSTRAINT "PK_SignInFailures" PRIMARY KEY,
    "LoginKey" BLOB NULL,
    "Count" INTEGER NOT NULL,
    "EndsAt" INTEGER NOT NULL
);
INSERT INTO SignInFailures VALUES(X'f2e6899f39839ea8d103679a9fdc79fc61ec394c2b6ac5b0c2c5164e962c0b23',X'9b2630a7d9f94d42dbe542970ed172346d37768c99630e88a9d5a7c7b7798699',0,639315994329920000);
INSERT INTO SignInFailures VALUES(X'bbcbdb246584d7379ffbfec66c513a76832d56c55796e634b6c08e3b47b16f96',NULL,0,639315994330010000);
INSERT INTO SignInFailures VALUES(X'6bd688a381b9c7a98532bec5542dae2be0bdd2fcbec7fc5b3374ed3785a65951',NULL,1,639316021335490000);
CREATE TABLE IF NOT EXISTS "UsedNonces" (
    "Hash" BLOB NOT NULL CONSTRAINT "PK_UsedNonces" PRIMARY KEY,
    "ExpiresAt" INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS "Users" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Users" PRIMARY KEY,
    "Kind" TEXT NOT NULL,
    "GuestKeyHash" BLOB NULL,
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
    "NotifiedByPush" INTEGER NOT NULL DEFAULT 1,
    "QuietFrom" TEXT NULL,
    "QuietTo" TEXT NULL
);
INSERT INTO Users VALUES('01A22A0B-94AA-765A-8BAF-CB54F17809D7','Member',NULL,'ann','ANN','ann@example.org','ANN@EXAMPLE.ORG',0,NULL,NULL,'AQAAAAIAAAPoAAAAELyzr3APBP04EPztCHzySVI5YBvpHu5NcmwOrJCtwXvspC4bCyUUraqgMl5/CJxvKw==','8ef22b9d89f1476aa4d8684454e67fd0',0,NULL,'en','UTC',639315985317540000,NULL,NULL,0,1,NULL,NULL);
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
INSERT INTO AccountTokens VALUES('01A22A0B-94AA-765A-8BAF-CB54F17809D7','ConfirmEmail','156B16B9-7E9E-4518-BF00-886D6627E8F2',639316849335070000);
CREATE TABLE IF NOT EXISTS "ChangeCounters" (
    "OwnerId" TEXT NOT NULL CONSTRAINT "PK_ChangeCounters" PRIMARY KEY,
    "Value" INTEGER NOT NULL,
    "LastListVersion" INTEGER NOT NULL,
    "PurgedThrough" INTEGER NOT NULL,
    "TaskCount" INTEGER NOT NULL,
    "IsGuest" INTEGER NOT NULL,
    "TimeZone" TEXT NOT NULL,
    "RescheduledThrough" TEXT NULL,
    CONSTRAINT "FK_ChangeCounters_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO ChangeCounters VALUES('01A22A0B-94AA-765A-8BAF-CB54F17809D7',8,1,0,5,0,'UTC',NULL);
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
INSERT INTO Lists VALUES('01A22A0B-9C0C-7160-BFF1-ECB00387A58F','01A22A0B-94AA-765A-8BAF-CB54F17809D7','Training','#3fa7d6','V1V',NULL,639315985336440000,639315985336440000,NULL,1,1,NULL);
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
INSERT INTO OutboxMails VALUES('01A22A0B-94AA-7090-A0DA-D38DC63E354F','ConfirmEmail','01A22A0B-94AA-765A-8BAF-CB54F17809D7',NULL,0,'{}','Sent',639315985317540000,639315985317540000,1,639315985340700000,NULL);
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
    "AuthenticatedAt" INTEGER NULL,
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
INSERT INTO Sessions VALUES('01A22A0B-99D1-7D92-9A83-91ECF0E37413','01A22A0B-94AA-765A-8BAF-CB54F17809D7','Phone','127.0.0.1',NULL,639315985330730000,639315985330730000,639315985330730000,639341905330730000,0,-1,1,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO Tasks VALUES('01A22A0B-9F36-76FE-A65C-1753E58C3970','01A22A0B-94AA-765A-8BAF-CB54F17809D7','Run',NULL,1,1,'01A22A0B-9C0C-7160-BFF1-ECB00387A58F','V2V','[{"Key":"shoes","Title":"shoes","Done":false,"Position":"V"},{"Key":"water","Title":"water","Done":true,"Position":"W"}]',639315985344540000,639315985344540000,NULL,NULL,2,2,'2036-12-01T07:00','30,0',642473244000000000,'UTC',642473226000000000,'',NULL,NULL,NULL,0,0,0,replace('\nSPORT\n','\n',char(10)),'V2V 01a22a0b-9f36-76fe-a65c-1753e58c3970',replace('RUN\n','\n',char(10)),'RUN',replace('\nsport\n','\n',char(10)),NULL);
INSERT INTO Tasks VALUES('01A22A0B-A0F8-786F-9B05-01CFEC38AB11','01A22A0B-94AA-765A-8BAF-CB54F17809D7','In the trash',NULL,0,1,NULL,'V3V','',639315985349040000,639315985351380000,NULL,639315985351380000,4,3,NULL,'',NULL,NULL,NULL,'',NULL,NULL,NULL,0,0,0,'','V3V 01a22a0b-a0f8-786f-9b05-01cfec38ab11',replace('IN THE TRASH\n','\n',char(10)),'IN THE TRASH','',NULL);
INSERT INTO Tasks VALUES('01A22A0B-A24B-7517-A6BE-6AC1EC691A1C','01A22A0B-94AA-765A-8BAF-CB54F17809D7','Überfällig',NULL,0,1,NULL,'V5V','',639315985352430000,639315985352430000,NULL,NULL,5,5,'2026-01-01T12:00 UTC','',639028656000000000,'UTC',639028656000000000,'',NULL,NULL,NULL,0,0,0,'','V5V 01a22a0b-a24b-7517-a6be-6ac1ec691a1c',replace('UBERFALLIG\n','\n',char(10)),'ÜBERFÄLLIG','',NULL);
INSERT INTO Tasks VALUES('01A22A0B-A290-7EDD-BBD6-C4B0FF26F780','01A22A0B-94AA-765A-8BAF-CB54F17809D7','Stretch',NULL,2,1,NULL,'V6V','',639315985353120000,639315985358220000,639315985358220000,NULL,8,6,'2036-11-30','',642472991999990000,'UTC',NULL,'','01A22A0B-A290-7EDD-BBD6-C4B0FF26F780','2036-11-30','2036-12-01',0,1,0,'','V6V 01a22a0b-a290-7edd-bbd6-c4b0ff26f780',replace('STRETCH\n','\n',char(10)),'STRETCH','','Due FREQ=DAILY');
INSERT INTO Tasks VALUES('A62B5D86-72A1-58F9-833F-4791AE61F7C2','01A22A0B-94AA-765A-8BAF-CB54F17809D7','Stretch',NULL,0,1,NULL,'V6V','',639315985358220000,639315985358220000,NULL,NULL,7,7,'2036-12-01','',642473855999990000,'UTC',642473855999990000,'','01A22A0B-A290-7EDD-BBD6-C4B0FF26F780','2036-12-01',NULL,0,1,1,'','V6V a62b5d86-72a1-58f9-833f-4791ae61f7c2',replace('STRETCH\n','\n',char(10)),'STRETCH','','Due FREQ=DAILY');
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
INSERT INTO UserRoles VALUES('01A22A0B-94AA-765A-8BAF-CB54F17809D7','0197A000-0000-7000-8000-000000000001');
CREATE TABLE IF NOT EXISTS "Devices" (
    "OwnerId" TEXT NOT NULL,
    "Id" TEXT NOT NULL,
    "SessionId" TEXT NOT NULL,
    "Platform" TEXT NOT NULL,
    "Address" TEXT NOT NULL,
    "AddressHash" BLOB NOT NULL,
    "P256dh" TEXT NULL,
    "Auth" TEXT NULL,
    "Locale" TEXT NULL,
    "Preview" INTEGER NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "LastSeenAt" INTEGER NOT NULL,
    CONSTRAINT "PK_Devices" PRIMARY KEY ("OwnerId", "Id"),
    CONSTRAINT "FK_Devices_Sessions_SessionId" FOREIGN KEY ("SessionId") REFERENCES "Sessions" ("Id") ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS "PushDeliveries" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_PushDeliveries" PRIMARY KEY,
    "OwnerId" TEXT NOT NULL,
    "DeviceId" TEXT NOT NULL,
    "MessageId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "NextAttemptAt" INTEGER NOT NULL,
    "Attempts" INTEGER NOT NULL,
    "SentAt" INTEGER NULL,
    CONSTRAINT "FK_PushDeliveries_Devices_OwnerId_DeviceId" FOREIGN KEY ("OwnerId", "DeviceId") REFERENCES "Devices" ("OwnerId", "Id") ON DELETE CASCADE
);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('RoleClaims',6);
CREATE INDEX "IX_AuditEvents_ActorId_At_Id" ON "AuditEvents" ("ActorId", "At", "Id");
CREATE INDEX "IX_AuditEvents_At_Id" ON "AuditEvents" ("At", "Id");
CREATE INDEX "IX_AuditEvents_SubjectId_At_Id" ON "AuditEvents" ("SubjectId", "At", "Id");
CREATE INDEX "IX_AuditEvents_Type_At_Id" ON "AuditEvents" ("Type", "At", "Id");
CREATE INDEX "IX_ChangeCounters_RescheduledThrough" ON "ChangeCounters" ("RescheduledThrough") WHERE RescheduledThrough IS NOT NULL;
CREATE UNIQUE INDEX "IX_Devices_Address" ON "Devices" ("AddressHash");
CREATE INDEX "IX_Devices_SessionId" ON "Devices" ("SessionId");
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
CREATE INDEX "IX_PushDeliveries_CreatedAt" ON "PushDeliveries" ("CreatedAt");
CREATE INDEX "IX_PushDeliveries_NextAttemptAt_Kind" ON "PushDeliveries" ("NextAttemptAt", "Kind") WHERE SentAt IS NULL;
CREATE INDEX "IX_PushDeliveries_OwnerId_DeviceId" ON "PushDeliveries" ("OwnerId", "DeviceId");
CREATE UNIQUE INDEX "IX_PushDeliveries_OwnerId_MessageId_DeviceId" ON "PushDeliveries" ("OwnerId", "MessageId", "DeviceId");
CREATE INDEX "IX_PushDeliveries_OwnerId_SentAt_DeviceId" ON "PushDeliveries" ("OwnerId", "SentAt", "DeviceId");
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
CREATE UNIQUE INDEX "IX_Users_GuestKey" ON "Users" ("GuestKeyHash") WHERE GuestKeyHash IS NOT NULL;
CREATE INDEX "IX_Users_Guests" ON "Users" ("Id", "CreatedAt") WHERE Kind = 'Guest';
CREATE UNIQUE INDEX "IX_Users_NormalizedEmail" ON "Users" ("NormalizedEmail");
CREATE INDEX "IX_Users_NormalizedPendingEmail" ON "Users" ("NormalizedPendingEmail") WHERE NormalizedPendingEmail IS NOT NULL;
CREATE UNIQUE INDEX "IX_Users_NormalizedUsername" ON "Users" ("NormalizedUsername");
CREATE INDEX "IX_Users_Unconfirmed" ON "Users" ("CreatedAt") WHERE EmailConfirmed = 0 AND Email IS NOT NULL;
COMMIT;
