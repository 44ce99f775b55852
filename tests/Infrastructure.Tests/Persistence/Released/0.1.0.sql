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
INSERT INTO __EFMigrationsHistory VALUES('20261129124202_Initial','10.0.15');
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
INSERT INTO AuditEvents VALUES('01A22764-3BCC-792F-9D0D-9DF0009EC228','Registered',639315540100600000,'Succeeded','01A22764-3B6D-772C-B795-43CFF69A49B4','01A22764-3B6D-772C-B795-43CFF69A49B4',NULL,'127.0.0.1',NULL,NULL);
INSERT INTO AuditEvents VALUES('01A22764-3E5E-7E57-9514-5C7D44AB9EAD','SignedIn',639315540107180000,'Succeeded','01A22764-3B6D-772C-B795-43CFF69A49B4','01A22764-3B6D-772C-B795-43CFF69A49B4','01A22764-3E5E-7195-AB97-F636EF700D5E','127.0.0.1',NULL,'Password');
CREATE TABLE IF NOT EXISTS "DataProtectionKeys" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_DataProtectionKeys" PRIMARY KEY,
    "FriendlyName" TEXT NOT NULL,
    "Xml" TEXT NOT NULL
);
INSERT INTO DataProtectionKeys VALUES(1,'key-bf99e89b-3310-43e5-b817-672309adb1d8','<key id="bf99e89b-3310-43e5-b817-672309adb1d8" version="1"><creationDate>2026-11-29T13:00:09.1554496Z</creationDate><activationDate>2026-11-29T13:00:09.1554496Z</activationDate><expirationDate>2027-02-27T13:00:09.1554496Z</expirationDate><descriptor deserializerType="Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel.AuthenticatedEncryptorDescriptorDeserializer, Microsoft.AspNetCore.DataProtection, Version=10.0.0.0, Culture=neutral, PublicKeyToken=adb9793829ddae60"><descriptor><encryption algorithm="AES_256_GCM" /><!-- AES-GCM includes a 128-bit authentication tag, no extra validation algorithm required. --><masterKey p4:requiresEncryption="true" xmlns:p4="http://schemas.asp.net/2015/03/dataProtection"><!-- Warning: the key below is in an unencrypted form. --><value>lgerLz82mq+jEU8u6Mwamew2p1UWlxAHleg3LxjJS1GfBvfRm499QQWLYbtffwlUwTl0EODoNa1i4fy31J7sGQ==</value></masterKey></descriptor></descriptor></key>');
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
INSERT INTO ServerSecrets VALUES('sign-in-keys',X'09f0c9f09be899bf1033e543b817672309adb1d88a98e07da2df7ef7f8fec160b3c961eaa506fb36aedbe4e75575b9c0e291e3fec0232bfaf07dcf70af6f2265597b5e65512f2d07dad96c5f4b1d7c77fc002d69fbbabf8395524092a83f9812');
CREATE TABLE IF NOT EXISTS "SignInFailures" (
    "Key" BLOB NOT NULL CONSTRAINT "PK_SignInFailures" PRIMARY KEY,
    "LoginKey" BLOB NULL,
    "Count" INTEGER NOT NULL,
    "EndsAt" INTEGER NOT NULL
);
INSERT INTO SignInFailures VALUES(X'ed3f4ad5f313a3d0c13c31330d17b4db44f1b49e3ccd0983c4c6f7ea6680e3c9',NULL,1,639315576105820000);
INSERT INTO SignInFailures VALUES(X'9d025566272c9f7047030cbb2f17486a024ae7d3131aad3347cd05c6962a271b',X'69f8068f2626d5be8f19f6532ac72470fba97c27e1e9b433958fe68e2754f98b',0,639315549106640000);
INSERT INTO SignInFailures VALUES(X'20e06632251e5f0817e5ea0a0a423be2198a15f8323d8892076f4115495744ec',NULL,0,639315549106690000);
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
INSERT INTO Users VALUES('01A22764-3B6D-772C-B795-43CFF69A49B4','ann','ANN','ann@example.org','ANN@EXAMPLE.ORG',0,NULL,NULL,'AQAAAAIAAAPoAAAAEE8GPAqJqbHk52LCD0aCMpXQ5yEpKuiJ3Nk5eWAXqNetGPUKW4wQ5OleQoOuM/O6jQ==','6a259b72847c41beb765d9f968a3e85a',0,NULL,'en','UTC',639315540099650000,NULL,NULL,0,NULL,NULL);
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
INSERT INTO AccountTokens VALUES('01A22764-3B6D-772C-B795-43CFF69A49B4','ConfirmEmail','E7AD74A4-8B8F-45B1-831C-32C62BD03B55',639316404105680000);
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
INSERT INTO ChangeCounters VALUES('01A22764-3B6D-772C-B795-43CFF69A49B4',5,1,0,3,'UTC',NULL);
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
INSERT INTO Lists VALUES('01A22764-3F1C-7C24-BB38-A962E7935D55','01A22764-3B6D-772C-B795-43CFF69A49B4','Training','#3fa7d6','V1V',NULL,639315540109080000,639315540109080000,NULL,1,1,NULL);
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
INSERT INTO OutboxMails VALUES('01A22764-3B6D-7446-B949-34122E17C406','ConfirmEmail','01A22764-3B6D-772C-B795-43CFF69A49B4',NULL,0,'{}','Sent',639315540099650000,639315540099650000,1,639315540108080000,NULL);
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
INSERT INTO Sessions VALUES('01A22764-3E5E-7195-AB97-F636EF700D5E','01A22764-3B6D-772C-B795-43CFF69A49B4',NULL,'127.0.0.1',639315540107180000,639315540107180000,639341460107180000,0,-1,1,NULL,NULL,NULL);
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
    "LabelKeys" TEXT NOT NULL,
    "PositionKey" TEXT NOT NULL,
    "SearchText" TEXT NOT NULL,
    "TitleKey" TEXT NOT NULL,
    "Labels" TEXT NOT NULL,
    CONSTRAINT "PK_Tasks" PRIMARY KEY ("OwnerId", "Id"),
    CONSTRAINT "FK_Tasks_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO Tasks VALUES('01A22764-3FBF-7ACD-9FC0-A05ABDE63C18','01A22764-3B6D-772C-B795-43CFF69A49B4','Run',NULL,1,1,'01A22764-3F1C-7C24-BB38-A962E7935D55','V2V','[{"Key":"shoes","Title":"Shoes","Done":false,"Position":"V1V"},{"Key":"water","Title":"Water","Done":true,"Position":"V1V00001"}]',639315540110710000,639315540110710000,NULL,NULL,2,2,'2036-12-01T07:00','[30,0]',642473244000000000,'UTC',642473226000000000,'',replace('\nSPORT\n','\n',char(10)),'V2V 01a22764-3fbf-7acd-9fc0-a05abde63c18',replace('RUN\n','\n',char(10)),'RUN',replace('\nsport\n','\n',char(10)));
INSERT INTO Tasks VALUES('01A22764-4042-7D66-B5D9-2165D8A990B1','01A22764-3B6D-772C-B795-43CFF69A49B4','In the trash',NULL,0,1,NULL,'V3V','',639315540112020000,639315540113210000,NULL,639315540113210000,4,3,NULL,'[]',NULL,NULL,NULL,'','','V3V 01a22764-4042-7d66-b5d9-2165d8a990b1',replace('IN THE TRASH\n','\n',char(10)),'IN THE TRASH','');
INSERT INTO Tasks VALUES('01A22764-40E2-7F2E-86A2-4E6853AAD33A','01A22764-3B6D-772C-B795-43CFF69A49B4','Überfällig',NULL,0,1,NULL,'V5V','',639315540113620000,639315540113620000,NULL,NULL,5,5,'2026-01-01T12:00 UTC','[]',639028656000000000,'UTC',639028656000000000,'','','V5V 01a22764-40e2-7f2e-86a2-4e6853aad33a',replace('UBERFALLIG\n','\n',char(10)),'ÜBERFÄLLIG','');
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
INSERT INTO UserRoles VALUES('01A22764-3B6D-772C-B795-43CFF69A49B4','0197A000-0000-7000-8000-000000000001');
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
