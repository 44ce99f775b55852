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
INSERT INTO __EFMigrationsHistory VALUES('20261129095945_Initial','10.0.15');
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
INSERT INTO AuditEvents VALUES('01A226C0-0A65-7877-9BF2-D5F9BBF1CD18','Registered',639315432495090000,'Succeeded','01A226C0-0A18-7A39-942A-3C67CC5DA2BE','01A226C0-0A18-7A39-942A-3C67CC5DA2BE',NULL,'127.0.0.1',NULL,NULL);
INSERT INTO AuditEvents VALUES('01A226C0-0B98-7899-95A0-C1950145888B','SignedIn',639315432498160000,'Succeeded','01A226C0-0A18-7A39-942A-3C67CC5DA2BE','01A226C0-0A18-7A39-942A-3C67CC5DA2BE','01A226C0-0B98-7BA4-975C-76ABCB668151','127.0.0.1',NULL,'Password');
CREATE TABLE IF NOT EXISTS "DataProtectionKeys" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_DataProtectionKeys" PRIMARY KEY,
    "FriendlyName" TEXT NOT NULL,
    "Xml" TEXT NOT NULL
);
INSERT INTO DataProtectionKeys VALUES(1,'key-22061075-8a9b-423c-b27b-034d787f6049','<key id="22061075-8a9b-423c-b27b-034d787f6049" version="1"><creationDate>2026-11-29T10:00:44.664727Z</creationDate><activationDate>2026-11-29T10:00:44.664727Z</activationDate><expirationDate>2027-02-27T10:00:44.664727Z</expirationDate><descriptor deserializerType="Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel.AuthenticatedEncryptorDescriptorDeserializer, Microsoft.AspNetCore.DataProtection, Version=10.0.0.0, Culture=neutral, PublicKeyToken=adb9793829ddae60"><descriptor><encryption algorithm="AES_256_GCM" /><!-- AES-GCM includes a 128-bit authentication tag, no extra validation algorithm required. --><masterKey p4:requiresEncryption="true" xmlns:p4="http://schemas.asp.net/2015/03/dataProtection"><!-- Warning: the key below is in an unencrypted form. --><value>p3qj7H/hCWf8Oq93PgrpQocDBNcko9iCb0d4axJmfa7izSOi6vNkvXcYpuh8ftXjRzUb1DWp3gwq4WGPlQIqlg==</value></masterKey></descriptor></descriptor></key>');
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
INSERT INTO ServerSecrets VALUES('sign-in-keys',X'09f0c9f0751006229b8a3c42b27b034d787f604958a85f3520f6a9b313d08f35259c3c76915b5d325a12ca7cbfb7edbb37282e336f7135e892487a0d892890bfab48df8ac46bcf9fb1a639b7eda0c7b12e1026426206dc26666df3590c0cf6ef');
CREATE TABLE IF NOT EXISTS "SignInFailures" (
    "Key" BLOB NOT NULL CONSTRAINT "PK_SignInFailures" PRIMARY KEY,
    "LoginKey" BLOB NULL,
    "Count" INTEGER NOT NULL,
    "EndsAt" INTEGER NOT NULL
);
INSERT INTO SignInFailures VALUES(X'a6a524a157ab9d51f8268e936ed9c9c9b30e68b3a54d3edfcce4382de9350548',X'd7f0a3b56a712ac001290ee5652d2b8f2c142a94a30e446c5a8ef7537a5a68e5',0,639315441498000000);
INSERT INTO SignInFailures VALUES(X'047e5d0870411f9b4425fb6ae442a66b81ca295dba76a4f0c842cca3c3c3b831',NULL,0,639315441498020000);
INSERT INTO SignInFailures VALUES(X'108b1930ac1491da7fee622ac90e6e26e0ef5f7fa5c79f6f596f00790eae6eda',NULL,1,639315468508610000);
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
    "CreatedAt" INTEGER NOT NULL,
    "DisabledAt" INTEGER NULL,
    "DeletedAt" INTEGER NULL,
    "NotifiedByEmail" INTEGER NOT NULL,
    "QuietFrom" TEXT NULL,
    "QuietTo" TEXT NULL,
    "TimeZone" TEXT NULL
);
INSERT INTO Users VALUES('01A226C0-0A18-7A39-942A-3C67CC5DA2BE','ann','ANN','ann@example.com','ANN@EXAMPLE.COM',0,NULL,NULL,'AQAAAAIAAAPoAAAAEM39ROs8blZDKf5WdKMVzGLtFCDJK/AbIGArxDVUVZhTuZhiNQ8DwgZMsg2kZamZCA==','23a321ef04f5489caf756059e31c56da',0,639315432494320000,NULL,NULL,0,NULL,NULL,NULL);
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
INSERT INTO AccountTokens VALUES('01A226C0-0A18-7A39-942A-3C67CC5DA2BE','ConfirmEmail','75817EE9-A2F0-41B1-80BC-8CAC4A059C5A',639316296508520000);
CREATE TABLE IF NOT EXISTS "ChangeCounters" (
    "OwnerId" TEXT NOT NULL CONSTRAINT "PK_ChangeCounters" PRIMARY KEY,
    "Value" INTEGER NOT NULL,
    "PurgedThrough" INTEGER NOT NULL,
    "TaskCount" INTEGER NOT NULL,
    CONSTRAINT "FK_ChangeCounters_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO ChangeCounters VALUES('01A226C0-0A18-7A39-942A-3C67CC5DA2BE',5,0,3);
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
INSERT INTO Lists VALUES('01A226C0-0C23-7608-900F-D74CC88D9E1D','01A226C0-0A18-7A39-942A-3C67CC5DA2BE','Training','#3fa7d6','V1V',NULL,639315432499550000,639315432499550000,NULL,1,1,NULL);
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
INSERT INTO OutboxMails VALUES('01A226C0-0A18-7E6E-A89A-528CD75800EE','ConfirmEmail','01A226C0-0A18-7A39-942A-3C67CC5DA2BE',NULL,0,'{}','Sent',639315432494320000,639315432494320000,1,639315432509440000,NULL);
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
INSERT INTO Sessions VALUES('01A226C0-0B98-7BA4-975C-76ABCB668151','01A226C0-0A18-7A39-942A-3C67CC5DA2BE',NULL,'127.0.0.1',639315432498160000,639315432498160000,639341352498160000,0,-1,1,NULL,NULL,NULL);
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
INSERT INTO Tasks VALUES('01A226C0-0CB0-7B12-B94D-2FD1CF663E04','01A226C0-0A18-7A39-942A-3C67CC5DA2BE','Run',NULL,1,1,NULL,'01A226C0-0C23-7608-900F-D74CC88D9E1D','V2V','[{"Key":"shoes","Title":"Shoes","Done":false,"Position":"V1V"},{"Key":"water","Title":"Water","Done":true,"Position":"V1V00001"}]',639315432500960000,639315432500960000,NULL,NULL,2,2,replace('\nSPORT\n','\n',char(10)),NULL,'V2V 01a226c0-0cb0-7b12-b94d-2fd1cf663e04',replace('RUN\n','\n',char(10)),'RUN',NULL,replace('\nsport\n','\n',char(10)));
INSERT INTO Tasks VALUES('01A226C0-0D19-7817-B928-F71E72ED4CF3','01A226C0-0A18-7A39-942A-3C67CC5DA2BE','In the trash',NULL,0,1,NULL,NULL,'V3V','',639315432502010000,639315432502260000,NULL,639315432502260000,4,3,'',NULL,'V3V 01a226c0-0d19-7817-b928-f71e72ed4cf3',replace('IN THE TRASH\n','\n',char(10)),'IN THE TRASH',NULL,'');
INSERT INTO Tasks VALUES('01A226C0-0D5A-74A8-A10D-7D1173B240B6','01A226C0-0A18-7A39-942A-3C67CC5DA2BE','Überfällig',NULL,0,1,639028584000000000,NULL,'V5V','',639315432502660000,639315432502660000,NULL,NULL,5,5,'',NULL,'V5V 01a226c0-0d5a-74a8-a10d-7d1173b240b6',replace('UBERFALLIG\n','\n',char(10)),'ÜBERFÄLLIG',639028584000000000,'');
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
INSERT INTO UserRoles VALUES('01A226C0-0A18-7A39-942A-3C67CC5DA2BE','0197A000-0000-7000-8000-000000000001');
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
