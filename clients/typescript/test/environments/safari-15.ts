// Loaded before the tests: the client finds no member that is newer than Safari 15.0.
import { hideNewerMembers } from "./client-globals.js";

hideNewerMembers();
