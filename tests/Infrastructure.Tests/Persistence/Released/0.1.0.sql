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
INSERT INTO __EFMigrationsHistory VALUES('20261129114224_Initial','10.0.15');
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
INSERT INTO AuditEvents VALUES('01A2271D-96A6-7F93-8E96-F154881CF1E0','Registered',639315493802620000,'Succeeded','01A2271D-965D-752F-B293-570C676E0814','01A2271D-965D-752F-B293-570C676E0814',NULL,'127.0.0.1',NULL,NULL);
INSERT INTO AuditEvents VALUES('01A2271D-97C7-7A79-AE2E-211B3E29E8B5','SignedIn',639315493805510000,'Succeeded','01A2271D-965D-752F-B293-570C676E0814','01A2271D-965D-752F-B293-570C676E0814','01A2271D-97C7-7030-8120-413D6B8829C6','127.0.0.1',NULL,'Password');
CREATE TABLE IF NOT EXISTS "DataProtectionKeys" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_DataProtectionKeys" PRIMARY KEY,
    "FriendlyName" TEXT NOT NULL,
    "Xml" TEXT NOT NULL
);
INSERT INTO DataProtectionKeys VALUES(1,'key-d9d6efb0-b11e-432a-851a-94b65c13dacf','<key id="d9d6efb0-b11e-432a-851a-94b65c13dacf" version="1"><creationDate>2026-11-29T11:42:55.3235049Z</creationDate><activationDate>2026-11-29T11:42:55.3235049Z</activationDate><expirationDate>2027-02-27T11:42:55.3235049Z</expirationDate><descriptor deserializerType="Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel.AuthenticatedEncryptorDescriptorDeserializer, Microsoft.AspNetCore.DataProtection, Version=10.0.0.0, Culture=neutral, PublicKeyToken=adb9793829ddae60"><descriptor><encryption algorithm="AES_256_GCM" /><!-- AES-GCM includes a 128-bit authentication tag, no extra validation algorithm required. --><masterKey p4:requiresEncryption="true" xmlns:p4="http://schemas.asp.net/2015/03/dataProtection"><!-- Warning: the key below is in an unencrypted form. --><value>DO3Pbm2WhHozw9Y2MOH2STXJ7K9qdNreyl/19oVkVNvDEYwMatLhtR30QxjiFYJ9Q6CbLmbeOhqFNx2K5DsM7g==</value></masterKey></descriptor></descriptor></key>');
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
CREATE TABLE IF NOT EXISTS "ServerSecrets" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_ServerSecrets" PRIMARY KEY,
    "Value" BLOB NOT NULL
);
INSERT INTO ServerSecrets VALUES('sign-in-keys',X'09f0c9f0b0efd6d91eb12a43851a94b65c13dacfc7dc9c2e6ca81bdc5fc2834acb23f43c95214a44bc00f65b687fa065b9f8b5efb7f7fd301426129718dc6a2b5fb7b026048ca0bec4585a37800977884f12318950a0d83b9a08dae4cdc2a299');
CREATE TABLE IF NOT EXISTS "SignInFailures" (
    "Key" BLOB NOT NULL CONSTRAINT "PK_SignInFailures" PRIMARY KEY,
    "LoginKey" BLOB NULL,
    "Count" INTEGER NOT NULL,
    "EndsAt" INTEGER NOT NULL
);
INSERT INTO SignInFailures VALUES(X'c50fe181d02cd8cdd31a9d548f3a010eadae17494010c91dd81af9f63892b789',X'bde92847a85650467b806774ffa7279c8f9a92c694a359746d802fb957d8ada7',0,639315502805370000);
INSERT INTO SignInFailures VALUES(X'2021dc8ead155c06d07a0eb1e45d0276bb12e1b5bf9e54fc5989a81f8806fcf4',NULL,0,639315502805390000);
INSERT INTO SignInFailures VALUES(X'304f0ce67c1a3f0008da458096d2630ce7bf4ebdad2b3e6eb650db915026570e',NULL,1,639315529814980000);
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
INSERT INTO Users VALUES('01A2271D-965D-752F-B293-570C676E0814','ann','ANN','ann@example.com','ANN@EXAMPLE.COM',0,NULL,NULL,'AQAAAAIAAAPoAAAAEPR9gciH6HTgnzQ0mQZaAs8qp6pJNUhCNFPw+8vjaRQt0eTkKPvkJXUgORHZZ4yVNw==','7f80e45988e848f6be9bde5c4bca306d',0,NULL,'en','UTC',639315493801890000,NULL,NULL,0,NULL,NULL);
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
INSERT INTO AccountTokens VALUES('01A2271D-965D-752F-B293-570C676E0814','ConfirmEmail','9059F0EE-2D10-4AD5-B14C-AE1834893788',639316357814900000);
CREATE TABLE IF NOT EXISTS "ChangeCounters" (
    "OwnerId" TEXT NOT NULL CONSTRAINT "PK_ChangeCounters" PRIMARY KEY,
    "Value" INTEGER NOT NULL,
    "LastListVersion" INTEGER NOT NULL,
    "PurgedThrough" INTEGER NOT NULL,
    "TaskCount" INTEGER NOT NULL,
    CONSTRAINT "FK_ChangeCounters_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO ChangeCounters VALUES('01A2271D-965D-752F-B293-570C676E0814',5,1,0,3);
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
INSERT INTO Lists VALUES('01A2271D-984C-7581-8BB4-287AFEBDFB94','01A2271D-965D-752F-B293-570C676E0814','Training','#3fa7d6','V1V',NULL,639315493806840000,639315493806840000,NULL,1,1,NULL);
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
    "CreatedAt" INTEGER NOT NULL,
    "ReadAt" INTEGER NULL,
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
INSERT INTO OutboxMails VALUES('01A2271D-965D-7346-A22D-5C91B0B57A21','ConfirmEmail','01A2271D-965D-752F-B293-570C676E0814',NULL,0,'{}','Sent',639315493801890000,639315493801890000,1,639315493815760000,NULL);
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
INSERT INTO Sessions VALUES('01A2271D-97C7-7030-8120-413D6B8829C6','01A2271D-965D-752F-B293-570C676E0814',NULL,'127.0.0.1',639315493805510000,639315493805510000,639341413805510000,0,-1,1,NULL,NULL,NULL);
CREATE TABLE IF NOT EXISTS "Tasks" (
    "Id" TEXT NOT NULL,
    "OwnerId" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Description" TEXT NULL,
    "Status" INTEGER NOT NULL,
    "Priority" INTEGER NOT NULL,
    "DueAt" INTEGER NULL,
    "ListId" TEXT NULL,
    "Position" TEXT NOT NULL,
    "Checklist" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "UpdatedAt" INTEGER NOT NULL,
    "CompletedAt" INTEGER NULL,
    "DeletedAt" INTEGER NULL,
    "Version" INTEGER NOT NULL,
    "CreatedVersion" INTEGER NOT NULL,
    "LabelKeys" TEXT NOT NULL,
    "NotifiedDueAt" INTEGER NULL,
    "PositionKey" TEXT NOT NULL,
    "SearchText" TEXT NOT NULL,
    "TitleKey" TEXT NOT NULL,
    "UnsettledDueAt" INTEGER NULL,
    "Labels" TEXT NOT NULL,
    CONSTRAINT "PK_Tasks" PRIMARY KEY ("OwnerId", "Id"),
    CONSTRAINT "FK_Tasks_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO Tasks VALUES('01A2271D-98DB-7C5A-BCEE-B4C40EB0CF1A','01A2271D-965D-752F-B293-570C676E0814','Run',NULL,1,1,NULL,'01A2271D-984C-7581-8BB4-287AFEBDFB94','V2V','[{"Key":"shoes","Title":"Shoes","Done":false,"Position":"V1V"},{"Key":"water","Title":"Water","Done":true,"Position":"V1V00001"}]',639315493808270000,639315493808270000,NULL,NULL,2,2,replace('\nSPORT\n','\n',char(10)),NULL,'V2V 01a2271d-98db-7c5a-bcee-b4c40eb0cf1a',replace('RUN\n','\n',char(10)),'RUN',NULL,replace('\nsport\n','\n',char(10)));
INSERT INTO Tasks VALUES('01A2271D-9949-7804-8DC5-CDA4F648882C','01A2271D-965D-752F-B293-570C676E0814','In the trash',NULL,0,1,NULL,NULL,'V3V','',639315493809370000,639315493809590000,NULL,639315493809590000,4,3,'',NULL,'V3V 01a2271d-9949-7804-8dc5-cda4f648882c',replace('IN THE TRASH\n','\n',char(10)),'IN THE TRASH',NULL,'');
INSERT INTO Tasks VALUES('01A2271D-9984-7892-BAC2-235A8A68851C','01A2271D-965D-752F-B293-570C676E0814','Überfällig',NULL,0,1,639028584000000000,NULL,'V5V','',639315493809960000,639315493809960000,NULL,NULL,5,5,'',NULL,'V5V 01a2271d-9984-7892-bac2-235a8a68851c',replace('UBERFALLIG\n','\n',char(10)),'ÜBERFÄLLIG',639028584000000000,'');
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
INSERT INTO UserRoles VALUES('01A2271D-965D-752F-B293-570C676E0814','0197A000-0000-7000-8000-000000000001');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('RoleClaims',6);
CREATE INDEX "IX_AuditEvents_ActorId_At_Id" ON "AuditEvents" ("ActorId", "At", "Id");
CREATE INDEX "IX_AuditEvents_At_Id" ON "AuditEvents" ("At", "Id");
CREATE INDEX "IX_AuditEvents_SubjectId_At_Id" ON "AuditEvents" ("SubjectId", "At", "Id");
CREATE INDEX "IX_AuditEvents_Type_At_Id" ON "AuditEvents" ("Type", "At", "Id");
CREATE INDEX "IX_Lists_Archived" ON "Lists" ("OwnerId", "Id", "ArchivedAt") WHERE ArchivedAt IS NOT NULL;
CREATE INDEX "IX_Lists_DeletedAt" ON "Lists" ("DeletedAt") WHERE DeletedAt IS NOT NULL;
CREATE INDEX "IX_Lists_EmptyThrough" ON "Lists" ("EmptyThrough") WHERE EmptyThrough IS NOT NULL;
CREATE UNIQUE INDEX "IX_Lists_Id" ON "Lists" ("Id");
CREATE INDEX "IX_Lists_OwnerId_Version" ON "Lists" ("OwnerId", "Version");
CREATE INDEX "IX_Notifications_CreatedAt" ON "Notifications" ("CreatedAt");
CREATE INDEX "IX_Notifications_List" ON "Notifications" ("OwnerId", "Sequence", "Id");
CREATE INDEX "IX_Notifications_MailId" ON "Notifications" ("MailId") WHERE MailId IS NOT NULL;
CREATE UNIQUE INDEX "IX_Notifications_Sequence" ON "Notifications" ("Sequence");
CREATE UNIQUE INDEX "IX_Notifications_TaskId_DueAt" ON "Notifications" ("TaskId", "DueAt");
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
CREATE UNIQUE INDEX "IX_Tasks_Position" ON "Tasks" ("OwnerId", "PositionKey") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_Tasks_Priority" ON "Tasks" ("OwnerId", "Priority", "CreatedVersion") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_Tasks_Summary" ON "Tasks" ("OwnerId", "Status", "Priority", "ListId", "DueAt", "DeletedAt") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_Tasks_TitleKey" ON "Tasks" ("OwnerId", "TitleKey", "CreatedVersion") WHERE DeletedAt IS NULL;
CREATE UNIQUE INDEX "IX_Tasks_Trash" ON "Tasks" ("OwnerId", "Version") WHERE DeletedAt IS NOT NULL;
CREATE INDEX "IX_Tasks_UnsettledDueAt" ON "Tasks" ("UnsettledDueAt") WHERE UnsettledDueAt IS NOT NULL;
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
