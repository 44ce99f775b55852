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
INSERT INTO __EFMigrationsHistory VALUES('20261129075827_Initial','10.0.15');
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
INSERT INTO AuditEvents VALUES('01A22680-F464-7BC4-8FDC-82378F928B79','Registered',639315391151080000,'Succeeded','01A22680-F3FD-7C52-9D12-18AC063CB2B1','01A22680-F3FD-7C52-9D12-18AC063CB2B1',NULL,'127.0.0.1',NULL,NULL);
INSERT INTO AuditEvents VALUES('01A22680-F61B-731B-AC23-967E82154DB3','SignInFailed',639315391155470000,'Failed',NULL,'01A22680-F3FD-7C52-9D12-18AC063CB2B1',NULL,'127.0.0.1',NULL,NULL);
INSERT INTO AuditEvents VALUES('01A22680-F6B5-7C47-B39C-64F8E914B462','SignedIn',639315391157010000,'Succeeded','01A22680-F3FD-7C52-9D12-18AC063CB2B1','01A22680-F3FD-7C52-9D12-18AC063CB2B1','01A22680-F6B5-7A39-B45E-E52458A8AA17','127.0.0.1','Phone','Password');
CREATE TABLE IF NOT EXISTS "DataProtectionKeys" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_DataProtectionKeys" PRIMARY KEY,
    "FriendlyName" TEXT NOT NULL,
    "Xml" TEXT NOT NULL
);
INSERT INTO DataProtectionKeys VALUES(1,'key-397b8665-7d30-4c90-98df-328fa0781850','<key id="397b8665-7d30-4c90-98df-328fa0781850" version="1"><creationDate>2026-11-29T08:51:47.3816529Z</creationDate><activationDate>2026-11-29T08:51:47.3816529Z</activationDate><expirationDate>2027-02-27T08:51:47.3816529Z</expirationDate><descriptor deserializerType="Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel.AuthenticatedEncryptorDescriptorDeserializer, Microsoft.AspNetCore.DataProtection, Version=10.0.0.0, Culture=neutral, PublicKeyToken=adb9793829ddae60"><descriptor><encryption algorithm="AES_256_GCM" /><!-- AES-GCM includes a 128-bit authentication tag, no extra validation algorithm required. --><masterKey p4:requiresEncryption="true" xmlns:p4="http://schemas.asp.net/2015/03/dataProtection"><!-- Warning: the key below is in an unencrypted form. --><value>SsL0BcR16qJqj+b7vtm48FBfo7eYInKwkQC77nbCx4qtYd7pTYG99nya+3nGpYIk5RJc5X1PjkxLur972D8PPw==</value></masterKey></descriptor></descriptor></key>');
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
INSERT INTO Sequences VALUES('Notifications',1);
CREATE TABLE IF NOT EXISTS "ServerSecrets" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_ServerSecrets" PRIMARY KEY,
    "Value" BLOB NOT NULL
);
INSERT INTO ServerSecrets VALUES('sign-in-keys',X'09f0c9f065867b39307d904c98df328fa0781850d7132a83003beb18b6616b1aae4542c6f6b69c894afd188f63d9bc6d937651816488408155542e8b314cc26a84dec920ecabee3570786ab48da771689771ddcfa4adfe7e92dc88e33c85b8f2');
CREATE TABLE IF NOT EXISTS "SignInFailures" (
    "Key" BLOB NOT NULL CONSTRAINT "PK_SignInFailures" PRIMARY KEY,
    "LoginKey" BLOB NULL,
    "Count" INTEGER NOT NULL,
    "EndsAt" INTEGER NOT NULL
);
INSERT INTO SignInFailures VALUES(X'6f15a8f3fd95579922b230133c7397bd1a72235855bee6a435d495cd6b25ddb6',X'221252a271cb86652e7f6aa7cbd73c26bd3d1e51980b7bf080cf9a6037a818c9',1,639315400155350000);
INSERT INTO SignInFailures VALUES(X'2aa49b87674a010b0d06ede693f722d7783982f9ae3a21c7fe2ddc638492d540',NULL,1,639315400155380000);
INSERT INTO SignInFailures VALUES(X'09d226aa0ad5870b9f4e747985a1f7a23f6e07a5857ee4f6d0b91f9228a4be2f',NULL,1,639315427156160000);
INSERT INTO SignInFailures VALUES(X'b6f9e0446a51869a7083bc564f858f49b02c1b279c45429e500a10211ba2d720',NULL,1,639315427175860000);
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
INSERT INTO Users VALUES('01A22680-F3FD-7C52-9D12-18AC063CB2B1','ann','ANN','ann@example.com','ANN@EXAMPLE.COM',0,NULL,NULL,'AQAAAAIAAAPoAAAAEPl6oYaTtAFt7G0eDhZd1lCsP04DK4SRtLyiyefBT84xZd595d6bl59nUl/0zkSjCw==','c0041005a0d3407b82d8f6ac48ae95f9',0,639315391150050000,NULL,NULL,1,'22:00:00','06:30:00','Europe/Berlin');
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
INSERT INTO AccountTokens VALUES('01A22680-F3FD-7C52-9D12-18AC063CB2B1','ConfirmEmail','674FEB6C-E19C-430C-AFDC-18880EB5D0F0',639316255155910000);
INSERT INTO AccountTokens VALUES('01A22680-F3FD-7C52-9D12-18AC063CB2B1','ResetPassword','8378D279-04CE-4ABE-96D3-53F28E449A95',639315427175800000);
CREATE TABLE IF NOT EXISTS "ChangeCounters" (
    "OwnerId" TEXT NOT NULL CONSTRAINT "PK_ChangeCounters" PRIMARY KEY,
    "Value" INTEGER NOT NULL,
    "PurgedThrough" INTEGER NOT NULL,
    "TaskCount" INTEGER NOT NULL,
    CONSTRAINT "FK_ChangeCounters_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO ChangeCounters VALUES('01A22680-F3FD-7C52-9D12-18AC063CB2B1',5,0,3);
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
INSERT INTO Notifications VALUES('01A22680-FA20-7DD1-9AD2-7E11886A4B6C','01A22680-F3FD-7C52-9D12-18AC063CB2B1','TaskOverdue','01A22680-F923-77E5-8031-B28F7B7DB748','Überfällig',639028224000000000,639315391165760000,NULL,NULL,1);
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
INSERT INTO OutboxMails VALUES('01A22680-F3FD-72BB-8493-2EDC824B7255','ConfirmEmail','01A22680-F3FD-7C52-9D12-18AC063CB2B1',NULL,0,'{}','Sent',639315391150050000,639315391150050000,1,639315391158550000,NULL);
INSERT INTO OutboxMails VALUES('01A22680-F943-7577-A3F3-9D5669E79700','ResetPassword','01A22680-F3FD-7C52-9D12-18AC063CB2B1',NULL,0,'{}','Sent',639315391163550000,639315391163550000,1,639315391176080000,NULL);
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
INSERT INTO Sessions VALUES('01A22680-F6B5-7A39-B45E-E52458A8AA17','01A22680-F3FD-7C52-9D12-18AC063CB2B1','Phone','127.0.0.1',639315391157010000,639315391157010000,639341311157010000,0,-1,1,NULL,NULL,NULL);
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
    "CreatedVersion" INTEGER NOT NULL,
    "DueOrFirst" INTEGER NOT NULL,
    "DueOrLast" INTEGER NOT NULL,
    "LabelKeys" TEXT NOT NULL,
    "NotifiedDueAt" INTEGER NULL,
    "SearchText" TEXT NOT NULL,
    "TitleKey" TEXT NOT NULL,
    "UnsettledDueAt" INTEGER NULL,
    "Labels" TEXT NOT NULL,
    CONSTRAINT "PK_Tasks" PRIMARY KEY ("OwnerId", "Id"),
    CONSTRAINT "FK_Tasks_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);
INSERT INTO Tasks VALUES('01A22680-F7EE-780B-898F-E7D222A3F4DE','01A22680-F3FD-7C52-9D12-18AC063CB2B1','Run',NULL,1,2,NULL,639315391160140000,639315391162130000,NULL,NULL,2,1,-9223372036854775808,9223372036854775807,replace('\nSPORT\n','\n',char(10)),NULL,replace('RUN\n','\n',char(10)),'RUN',NULL,replace('\nsport\n','\n',char(10)));
INSERT INTO Tasks VALUES('01A22680-F8EC-7D77-99C7-7BF3DAFB0549','01A22680-F3FD-7C52-9D12-18AC063CB2B1','In the trash',NULL,0,1,NULL,639315391162680000,639315391162970000,NULL,639315391162970000,4,3,-9223372036854775808,9223372036854775807,'',NULL,replace('IN THE TRASH\n','\n',char(10)),'IN THE TRASH',NULL,'');
INSERT INTO Tasks VALUES('01A22680-F923-77E5-8031-B28F7B7DB748','01A22680-F3FD-7C52-9D12-18AC063CB2B1','Überfällig',replace('Two\nlines; ''quoted''','\n',char(10)),0,1,639028224000000000,639315391163230000,639315391163230000,NULL,NULL,5,5,639028224000000000,639028224000000000,'',639028224000000000,replace('UBERFALLIG\nTWO\nLINES; ''QUOTED''','\n',char(10)),'ÜBERFÄLLIG',NULL,'');
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
INSERT INTO UserRoles VALUES('01A22680-F3FD-7C52-9D12-18AC063CB2B1','0197A000-0000-7000-8000-000000000001');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('RoleClaims',6);
CREATE INDEX "IX_AuditEvents_ActorId_At_Id" ON "AuditEvents" ("ActorId", "At", "Id");
CREATE INDEX "IX_AuditEvents_At_Id" ON "AuditEvents" ("At", "Id");
CREATE INDEX "IX_AuditEvents_SubjectId_At_Id" ON "AuditEvents" ("SubjectId", "At", "Id");
CREATE INDEX "IX_AuditEvents_Type_At_Id" ON "AuditEvents" ("Type", "At", "Id");
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
CREATE INDEX "IX_Tasks_CreatedAt" ON "Tasks" ("OwnerId", "CreatedAt", "CreatedVersion") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_Tasks_DeletedAt" ON "Tasks" ("DeletedAt") WHERE DeletedAt IS NOT NULL;
CREATE INDEX "IX_Tasks_DueOrFirst" ON "Tasks" ("OwnerId", "DueOrFirst", "CreatedVersion") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_Tasks_DueOrLast" ON "Tasks" ("OwnerId", "DueOrLast", "CreatedVersion") WHERE DeletedAt IS NULL;
CREATE UNIQUE INDEX "IX_Tasks_Id" ON "Tasks" ("Id");
CREATE INDEX "IX_Tasks_OwnerId_Version" ON "Tasks" ("OwnerId", "Version");
CREATE INDEX "IX_Tasks_Priority" ON "Tasks" ("OwnerId", "Priority", "CreatedVersion") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_Tasks_Summary" ON "Tasks" ("OwnerId", "Status", "Priority", "DueAt", "DeletedAt") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_Tasks_TitleKey" ON "Tasks" ("OwnerId", "TitleKey", "CreatedVersion") WHERE DeletedAt IS NULL;
CREATE INDEX "IX_Tasks_Trash" ON "Tasks" ("OwnerId", "UpdatedAt", "CreatedVersion") WHERE DeletedAt IS NOT NULL;
CREATE INDEX "IX_Tasks_UnsettledDueAt" ON "Tasks" ("UnsettledDueAt") WHERE UnsettledDueAt IS NOT NULL;
CREATE INDEX "IX_Tasks_UpdatedAt" ON "Tasks" ("OwnerId", "UpdatedAt", "CreatedVersion") WHERE DeletedAt IS NULL;
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
