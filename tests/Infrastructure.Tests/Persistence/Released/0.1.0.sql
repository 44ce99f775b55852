-- A database of version 0.1.0, filled through its API; nothing in it is of anybody, and its key protects nothing else.
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
INSERT INTO __EFMigrationsHistory VALUES('20261120131207_Initial','10.0.14');
INSERT INTO __EFMigrationsHistory VALUES('20261121114003_Tasks','10.0.14');
INSERT INTO __EFMigrationsHistory VALUES('20261121121510_Notifications','10.0.14');
INSERT INTO __EFMigrationsHistory VALUES('20261121132850_Administration','10.0.14');
INSERT INTO __EFMigrationsHistory VALUES('20261121133723_Recovery','10.0.14');
INSERT INTO __EFMigrationsHistory VALUES('20261121153835_SecondFactors','10.0.14');
CREATE TABLE IF NOT EXISTS "AuditEvents" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_AuditEvents" PRIMARY KEY,
    "Type" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    "Outcome" TEXT NOT NULL,
    "ActorId" TEXT NULL,
    "SubjectId" TEXT NULL,
    "SessionId" TEXT NULL,
    "IpAddress" TEXT NULL,
    "Device" TEXT NULL
);
INSERT INTO AuditEvents VALUES('01A1FF93-7A80-768A-ABE3-50E8860B2220','Registered',639308860176640000,'Succeeded','01A1FF93-7A80-7536-85D5-871B9E377B36','01A1FF93-7A80-7536-85D5-871B9E377B36',NULL,'127.0.0.1',NULL);
INSERT INTO AuditEvents VALUES('01A1FF93-7D89-76FE-B025-0806760D555D','SignInFailed',639308860184410000,'Failed',NULL,'01A1FF93-7A80-7536-85D5-871B9E377B36',NULL,'127.0.0.1',NULL);
INSERT INTO AuditEvents VALUES('01A1FF93-7DF3-7581-B0AC-B5AE35CBFBB5','SignedIn',639308860185470000,'Succeeded','01A1FF93-7A80-7536-85D5-871B9E377B36','01A1FF93-7A80-7536-85D5-871B9E377B36','01A1FF93-7DF3-7C48-B293-996E345D8AC3','127.0.0.1','Laptop');
CREATE TABLE IF NOT EXISTS "DataProtectionKeys" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_DataProtectionKeys" PRIMARY KEY,
    "FriendlyName" TEXT NOT NULL,
    "Xml" TEXT NOT NULL
);
INSERT INTO DataProtectionKeys VALUES(1,'key-f09b5d7a-1066-410e-8e6c-831d0109c0cc','<key id="f09b5d7a-1066-410e-8e6c-831d0109c0cc" version="1"><creationDate>2026-11-21T19:26:54.3717593Z</creationDate><activationDate>2026-11-21T19:26:54.3717593Z</activationDate><expirationDate>2027-02-19T19:26:54.3717593Z</expirationDate><descriptor deserializerType="Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel.AuthenticatedEncryptorDescriptorDeserializer, Microsoft.AspNetCore.DataProtection, Version=10.0.0.0, Culture=neutral, PublicKeyToken=adb9793829ddae60"><descriptor><encryption algorithm="AES_256_CBC" /><validation algorithm="HMACSHA256" /><masterKey p4:requiresEncryption="true" xmlns:p4="http://schemas.asp.net/2015/03/dataProtection"><!-- Warning: the key below is in an unencrypted form. --><value>FQSkrL0wQMr8DOTdaKk0B3hYuifckjl84QP1vkF7AzHjcdEHkRXtc7kcOeYnYsGpUCB9Gq7/ZWmFMkIy+eCJrw==</value></masterKey></descriptor></descriptor></key>');
CREATE TABLE IF NOT EXISTS "Roles" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Roles" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "NormalizedName" TEXT NOT NULL,
    "ConcurrencyStamp" TEXT NULL
);
INSERT INTO Roles VALUES('0197A000-0000-7000-8000-000000000001','member','MEMBER','0197a000-0000-7000-8000-000000000001');
INSERT INTO Roles VALUES('0197A000-0000-7000-8000-000000000002','support','SUPPORT','0197a000-0000-7000-8000-000000000002');
INSERT INTO Roles VALUES('0197A000-0000-7000-8000-000000000003','admin','ADMIN','0197a000-0000-7000-8000-000000000003');
CREATE TABLE IF NOT EXISTS "ServerSecrets" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_ServerSecrets" PRIMARY KEY,
    "Value" BLOB NOT NULL
);
INSERT INTO ServerSecrets VALUES('sign-in-keys',X'09f0c9f07a5d9bf066100e418e6c831d0109c0ccd88420a4c64d2ecee294d38c312686795ae246aebe4baafea4ee63e3cc885b5ab395d520825b5bff851de06ea8b9f289131324a43c7283e6c4ca95f91a7b7f2e6e0fde60443cc13ab3fdec596524a073188565c79174b24aae73c1ec97e0c822e96f899312b9c602f3f3ccff8abe2d87');
CREATE TABLE IF NOT EXISTS "SignInFailures" (
    "Key" BLOB NOT NULL CONSTRAINT "PK_SignInFailures" PRIMARY KEY,
    "Count" INTEGER NOT NULL,
    "EndsAt" INTEGER NOT NULL
);
INSERT INTO SignInFailures VALUES(X'b4b709bd4395940d4fc8edd5e4a3b063c50f824d6fc490b513dd7bbf58b7ffd2',2,639308896183220000);
INSERT INTO SignInFailures VALUES(X'3efa29037d42cecc1fc18fae2888f8328955df49a4d4eb59f23b5304c498b71d',1,639308869183900000);
CREATE TABLE IF NOT EXISTS "Users" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Users" PRIMARY KEY,
    "CreatedAt" INTEGER NOT NULL,
    "DisabledAt" INTEGER NULL,
    "UserName" TEXT NOT NULL,
    "NormalizedUserName" TEXT NOT NULL,
    "Email" TEXT NOT NULL,
    "NormalizedEmail" TEXT NOT NULL,
    "EmailConfirmed" INTEGER NOT NULL,
    "PasswordHash" TEXT NOT NULL,
    "SecurityStamp" TEXT NULL,
    "ConcurrencyStamp" TEXT NULL,
    "TwoFactorEnabled" INTEGER NOT NULL
, "NotifiedByEmail" INTEGER NOT NULL DEFAULT 0, "QuietFrom" TEXT NULL, "QuietTo" TEXT NULL, "TimeZone" TEXT NOT NULL DEFAULT 'UTC', "NormalizedPendingEmail" TEXT NULL, "PendingEmail" TEXT NULL);
INSERT INTO Users VALUES('01A1FF93-7A80-7536-85D5-871B9E377B36',639308860176640000,NULL,'ann','ANN','ann@example.org','ANN@EXAMPLE.ORG',0,'AQAAAAIAAAPoAAAAEDQWNlKPotTZLr4JYFcL+8wmkb9S8BIcupONkUnWyYRcfjbsqFMMveSK89CuRr8kDg==','IHQO53RGPCXNQRT6NLVDLTZTDCOVSYUY','1593a631-57e8-4908-9305-dc72bac42572',0,0,NULL,NULL,'UTC',NULL,NULL);
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
CREATE TABLE IF NOT EXISTS "Sessions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Sessions" PRIMARY KEY,
    "OwnerId" TEXT NOT NULL,
    "Device" TEXT NULL,
    "IpAddress" TEXT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "LastUsedAt" INTEGER NOT NULL,
    "ExpiresAt" INTEGER NOT NULL,
    "RefreshCounter" INTEGER NOT NULL,
    "RefreshedAt" INTEGER NULL,
    "RevokedAt" INTEGER NULL,
    "RevokedReason" TEXT NULL,
    CONSTRAINT "FK_Sessions_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO Sessions VALUES('01A1FF93-7DF3-7C48-B293-996E345D8AC3','01A1FF93-7A80-7536-85D5-871B9E377B36','Laptop','127.0.0.1',639308860185470000,639308860185470000,639334780185470000,0,NULL,NULL,NULL);
CREATE TABLE IF NOT EXISTS "UserClaims" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_UserClaims" PRIMARY KEY AUTOINCREMENT,
    "UserId" TEXT NOT NULL,
    "ClaimType" TEXT NULL,
    "ClaimValue" TEXT NULL,
    CONSTRAINT "FK_UserClaims_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS "UserLogins" (
    "LoginProvider" TEXT NOT NULL,
    "ProviderKey" TEXT NOT NULL,
    "ProviderDisplayName" TEXT NULL,
    "UserId" TEXT NOT NULL,
    CONSTRAINT "PK_UserLogins" PRIMARY KEY ("LoginProvider", "ProviderKey"),
    CONSTRAINT "FK_UserLogins_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS "UserRoles" (
    "UserId" TEXT NOT NULL,
    "RoleId" TEXT NOT NULL,
    CONSTRAINT "PK_UserRoles" PRIMARY KEY ("UserId", "RoleId"),
    CONSTRAINT "FK_UserRoles_Roles_RoleId" FOREIGN KEY ("RoleId") REFERENCES "Roles" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_UserRoles_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO UserRoles VALUES('01A1FF93-7A80-7536-85D5-871B9E377B36','0197A000-0000-7000-8000-000000000001');
CREATE TABLE IF NOT EXISTS "UserTokens" (
    "UserId" TEXT NOT NULL,
    "LoginProvider" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Value" TEXT NULL,
    CONSTRAINT "PK_UserTokens" PRIMARY KEY ("UserId", "LoginProvider", "Name"),
    CONSTRAINT "FK_UserTokens_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS "ChangeCounters" (
    "OwnerId" TEXT NOT NULL CONSTRAINT "PK_ChangeCounters" PRIMARY KEY,
    "Value" INTEGER NOT NULL,
    "PurgedThrough" INTEGER NOT NULL,
    CONSTRAINT "FK_ChangeCounters_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO ChangeCounters VALUES('01A1FF93-7A80-7536-85D5-871B9E377B36',5,0);
CREATE TABLE IF NOT EXISTS "Tasks" (
    "Id" TEXT NOT NULL,
    "OwnerId" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Description" TEXT NULL,
    "Status" INTEGER NOT NULL,
    "Priority" INTEGER NOT NULL,
    "DueAt" INTEGER NULL,
    "CreatedAt" INTEGER NOT NULL,
    "UpdatedAt" INTEGER NOT NULL,
    "CompletedAt" INTEGER NULL,
    "DeletedAt" INTEGER NULL,
    "Version" INTEGER NOT NULL,
    "DueOrFirst" INTEGER NOT NULL,
    "DueOrLast" INTEGER NOT NULL,
    "SearchText" TEXT NOT NULL,
    "TitleKey" TEXT NOT NULL,
    "Labels" TEXT NOT NULL, "UnsettledDueAt" INTEGER NULL,
    CONSTRAINT "PK_Tasks" PRIMARY KEY ("OwnerId", "Id"),
    CONSTRAINT "FK_Tasks_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO Tasks VALUES('01A1FF93-7F0A-7899-8B2B-C08FC9ACF304','01A1FF93-7A80-7536-85D5-871B9E377B36','Run',NULL,1,2,NULL,639308860188260000,639308860191330000,NULL,NULL,2,0,3155378975999990000,replace('RUN\n','\n',char(10)),'RUN',replace('\nsport\n','\n',char(10)),NULL);
INSERT INTO Tasks VALUES('01A1FF93-8058-7AE9-AFA4-5D2782312109','01A1FF93-7A80-7536-85D5-871B9E377B36','In the trash',NULL,0,1,NULL,639308860191600000,639308860191910000,NULL,639308860191910000,4,0,3155378975999990000,replace('IN THE TRASH\n','\n',char(10)),'IN THE TRASH','',NULL);
INSERT INTO Tasks VALUES('01A1FF93-808B-7654-87E6-95E896BD9A4F','01A1FF93-7A80-7536-85D5-871B9E377B36','Überfällig',replace('Two\nlines; ''quoted''','\n',char(10)),0,1,639028224000000000,639308860192110000,639308860192110000,NULL,NULL,5,639028224000000000,639028224000000000,replace('ÜBERFÄLLIG\nTWO\nLINES; ''QUOTED''','\n',char(10)),'ÜBERFÄLLIG','',NULL);
CREATE TABLE IF NOT EXISTS "Notifications" (
    "Id" TEXT NOT NULL,
    "OwnerId" TEXT NOT NULL,
    "Type" TEXT NOT NULL,
    "TaskId" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "DueAt" INTEGER NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "ReadAt" INTEGER NULL,
    "Sequence" INTEGER NOT NULL,
    CONSTRAINT "PK_Notifications" PRIMARY KEY ("OwnerId", "Id"),
    CONSTRAINT "FK_Notifications_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO Notifications VALUES('01A1FF93-8436-7E78-87F1-17479CE6A330','01A1FF93-7A80-7536-85D5-871B9E377B36','TaskOverdue','01A1FF93-808B-7654-87E6-95E896BD9A4F','Überfällig',639028224000000000,639308860201500000,NULL,1);
CREATE TABLE IF NOT EXISTS "OutboxMails" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_OutboxMails" PRIMARY KEY,
    "Kind" TEXT NOT NULL,
    "UserId" TEXT NULL,
    "Address" TEXT NULL,
    "Data" TEXT NOT NULL,
    "Status" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "NextAttemptAt" INTEGER NOT NULL,
    "Attempts" INTEGER NOT NULL,
    "FinishedAt" INTEGER NULL,
    "LastError" TEXT NULL,
    CONSTRAINT "FK_OutboxMails_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO OutboxMails VALUES('01A1FF93-7A80-732B-A543-CD9A3CD78ADC','ConfirmEmail','01A1FF93-7A80-7536-85D5-871B9E377B36',NULL,'{}','Sent',639308860176640000,639308860176640000,1,639308860185160000,NULL);
INSERT INTO OutboxMails VALUES('01A1FF93-80DB-7F01-B7CD-70EFEB161B59','ConfirmEmail',NULL,'ann@example.org','{}','Sent',639308860192910000,639308860192910000,1,639308860201940000,NULL);
CREATE TABLE IF NOT EXISTS "Sequences" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_Sequences" PRIMARY KEY,
    "Value" INTEGER NOT NULL
);
INSERT INTO Sequences VALUES('Notifications',1);
CREATE TABLE IF NOT EXISTS "AccountTokens" (
    "UserId" TEXT NOT NULL,
    "Purpose" TEXT NOT NULL,
    "Nonce" TEXT NOT NULL,
    "ExpiresAt" INTEGER NOT NULL,
    CONSTRAINT "PK_AccountTokens" PRIMARY KEY ("UserId", "Purpose"),
    CONSTRAINT "FK_AccountTokens_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO AccountTokens VALUES('01A1FF93-7A80-7536-85D5-871B9E377B36','ConfirmEmail','0EA944E0-B2A6-4BC6-ACB7-BAEF75212286',639309724201760000);
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
CREATE TABLE IF NOT EXISTS "SecondFactors" (
    "UserId" TEXT NOT NULL CONSTRAINT "PK_SecondFactors" PRIMARY KEY,
    "Seed" BLOB NOT NULL,
    "ConfirmedAt" INTEGER NULL,
    "LastUsedStep" INTEGER NOT NULL,
    CONSTRAINT "FK_SecondFactors_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS "UnusedTickets" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_UnusedTickets" PRIMARY KEY,
    "Purpose" TEXT NOT NULL,
    "UserId" TEXT NULL,
    "ExpiresAt" INTEGER NOT NULL,
    CONSTRAINT "FK_UnusedTickets_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('RoleClaims',6);
CREATE INDEX "IX_AuditEvents_SubjectId_At_Id" ON "AuditEvents" ("SubjectId", "At", "Id");
CREATE INDEX "IX_RoleClaims_RoleId" ON "RoleClaims" ("RoleId");
CREATE UNIQUE INDEX "IX_Roles_NormalizedName" ON "Roles" ("NormalizedName");
CREATE INDEX "IX_Sessions_OwnerId_CreatedAt" ON "Sessions" ("OwnerId", "CreatedAt");
CREATE INDEX "IX_SignInFailures_EndsAt" ON "SignInFailures" ("EndsAt");
CREATE INDEX "IX_UserClaims_UserId" ON "UserClaims" ("UserId");
CREATE INDEX "IX_UserLogins_UserId" ON "UserLogins" ("UserId");
CREATE INDEX "IX_UserRoles_RoleId" ON "UserRoles" ("RoleId");
CREATE UNIQUE INDEX "IX_Users_NormalizedEmail" ON "Users" ("NormalizedEmail");
CREATE UNIQUE INDEX "IX_Users_NormalizedUserName" ON "Users" ("NormalizedUserName");
CREATE INDEX "IX_Tasks_CreatedAt" ON "Tasks" ("OwnerId", "CreatedAt", "Id") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_Tasks_DeletedAt" ON "Tasks" ("DeletedAt") WHERE DeletedAt IS NOT NULL;
CREATE INDEX "IX_Tasks_DueOrFirst" ON "Tasks" ("OwnerId", "DueOrFirst", "Id") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_Tasks_DueOrLast" ON "Tasks" ("OwnerId", "DueOrLast", "Id") WHERE DeletedAt IS NULL;
CREATE UNIQUE INDEX "IX_Tasks_Id" ON "Tasks" ("Id");
CREATE INDEX "IX_Tasks_OwnerId_Version" ON "Tasks" ("OwnerId", "Version");
CREATE INDEX "IX_Tasks_Priority" ON "Tasks" ("OwnerId", "Priority", "Id") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_Tasks_Summary" ON "Tasks" ("OwnerId", "Status", "Priority", "DueAt", "DeletedAt") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_Tasks_TitleKey" ON "Tasks" ("OwnerId", "TitleKey", "Id") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_Tasks_Trash" ON "Tasks" ("OwnerId", "UpdatedAt", "Id") WHERE DeletedAt IS NOT NULL;
CREATE INDEX "IX_Tasks_UpdatedAt" ON "Tasks" ("OwnerId", "UpdatedAt", "Id") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_Tasks_UnsettledDueAt" ON "Tasks" ("UnsettledDueAt") WHERE UnsettledDueAt IS NOT NULL;
CREATE INDEX "IX_Notifications_List" ON "Notifications" ("OwnerId", "Sequence", "Id");
CREATE UNIQUE INDEX "IX_Notifications_Sequence" ON "Notifications" ("Sequence");
CREATE UNIQUE INDEX "IX_Notifications_TaskId_DueAt" ON "Notifications" ("TaskId", "DueAt");
CREATE INDEX "IX_Notifications_Unread" ON "Notifications" ("OwnerId", "Sequence", "Id") WHERE ReadAt IS NULL;
CREATE INDEX "IX_OutboxMails_NextAttemptAt" ON "OutboxMails" ("NextAttemptAt") WHERE FinishedAt IS NULL;
CREATE INDEX "IX_OutboxMails_UserId" ON "OutboxMails" ("UserId");
CREATE INDEX "IX_Users_CreatedAt_Id" ON "Users" ("CreatedAt", "Id");
CREATE INDEX "IX_Sessions_ExpiresAt" ON "Sessions" ("ExpiresAt");
CREATE INDEX "IX_Sessions_RevokedAt" ON "Sessions" ("RevokedAt") WHERE RevokedAt IS NOT NULL;
CREATE INDEX "IX_OutboxMails_FinishedAt" ON "OutboxMails" ("FinishedAt") WHERE FinishedAt IS NOT NULL;
CREATE INDEX "IX_Notifications_CreatedAt" ON "Notifications" ("CreatedAt");
CREATE INDEX "IX_AuditEvents_ActorId_At_Id" ON "AuditEvents" ("ActorId", "At", "Id");
CREATE INDEX "IX_AuditEvents_At_Id" ON "AuditEvents" ("At", "Id");
CREATE INDEX "IX_AuditEvents_Type_At_Id" ON "AuditEvents" ("Type", "At", "Id");
CREATE INDEX "IX_Users_NormalizedPendingEmail" ON "Users" ("NormalizedPendingEmail") WHERE NormalizedPendingEmail IS NOT NULL;
CREATE INDEX "IX_OutboxMails_Address" ON "OutboxMails" ("Address") WHERE Address IS NOT NULL;
CREATE INDEX "IX_Passkeys_UserId" ON "Passkeys" ("UserId");
CREATE INDEX "IX_UnusedTickets_ExpiresAt" ON "UnusedTickets" ("ExpiresAt");
CREATE INDEX "IX_UnusedTickets_UserId" ON "UnusedTickets" ("UserId");
COMMIT;
