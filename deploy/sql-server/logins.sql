-- This script creates the database and its two logins. Run it with sqlcmd as an administrator; it can run again at any time, for
-- instance to change a password. sqlcmd reads the passwords from the environment. compose.yaml uses it; see docs/deployment.md.

IF DB_ID(N'Fitnessify') IS NULL
    CREATE DATABASE Fitnessify;
GO

-- With this option reads do not wait for writes. The command "migrate" also sets it when it creates the database.
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'Fitnessify' AND is_read_committed_snapshot_on = 0)
    ALTER DATABASE Fitnessify SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
GO

IF SUSER_ID(N'fitnessify') IS NULL
    CREATE LOGIN fitnessify WITH PASSWORD = N'$(FITNESSIFY_DB_PASSWORD)';
ELSE
    ALTER LOGIN fitnessify WITH PASSWORD = N'$(FITNESSIFY_DB_PASSWORD)';

IF SUSER_ID(N'fitnessify_migrate') IS NULL
    CREATE LOGIN fitnessify_migrate WITH PASSWORD = N'$(FITNESSIFY_MIGRATE_PASSWORD)';
ELSE
    ALTER LOGIN fitnessify_migrate WITH PASSWORD = N'$(FITNESSIFY_MIGRATE_PASSWORD)';
GO

USE Fitnessify;
GO

IF DATABASE_PRINCIPAL_ID(N'fitnessify') IS NULL
    CREATE USER fitnessify FOR LOGIN fitnessify;
IF DATABASE_PRINCIPAL_ID(N'fitnessify_migrate') IS NULL
    CREATE USER fitnessify_migrate FOR LOGIN fitnessify_migrate;
GO

-- The users of a database that was restored on another server still belong to the logins of the old server.
ALTER USER fitnessify WITH LOGIN = fitnessify, DEFAULT_SCHEMA = dbo;
ALTER USER fitnessify_migrate WITH LOGIN = fitnessify_migrate, DEFAULT_SCHEMA = dbo;

-- The server reads and writes rows and executes the stored procedures of the database.
ALTER ROLE db_datareader ADD MEMBER fitnessify;
ALTER ROLE db_datawriter ADD MEMBER fitnessify;
GRANT EXECUTE TO fitnessify;

-- Migrations also change the schema.
ALTER ROLE db_datareader ADD MEMBER fitnessify_migrate;
ALTER ROLE db_datawriter ADD MEMBER fitnessify_migrate;
ALTER ROLE db_ddladmin ADD MEMBER fitnessify_migrate;
