BEGIN TRANSACTION;
CREATE TABLE running (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    number INTEGER NOT NULL,
    saved TEXT NOT NULL
);
INSERT INTO "running" VALUES(1,10,'{"choices":{"routine":"psoas-release","side":"right","seconds":120,"language":"en"},"index":8,"step":"straighten","left":16.8,"ledger":{"left":0.0,"right":43.2},"make_up":{}}');
CREATE TABLE session (
    number INTEGER PRIMARY KEY,
    started TEXT NOT NULL,      -- wall time, UTC; a Pi's clock may be wrong after a power cut
    routine TEXT NOT NULL,
    side_seconds INTEGER NOT NULL,
    left_seconds REAL NOT NULL DEFAULT 0,
    right_seconds REAL NOT NULL DEFAULT 0,
    ended TEXT,                 -- finished, stopped, abandoned; null while it runs
    step TEXT                   -- the step it is in, or ended in
);
INSERT INTO "session" VALUES(1,'2026-03-28T17:05:10+00:00','psoas-release',120,120.0,120.0,'finished','stand-up');
INSERT INTO "session" VALUES(2,'2026-03-29T00:30:00+00:00','psoas-release',120,0.0,0.0,'stopped','check');
INSERT INTO "session" VALUES(3,'2026-03-29T01:30:00+00:00','psoas-release',120,0.0,42.517,'stopped','straighten');
INSERT INTO "session" VALUES(4,'2026-03-29T22:30:00+00:00','no-pressure-psoas',60,60.0,60.0,'finished','stand-up');
INSERT INTO "session" VALUES(5,'1970-01-01T00:00:41+00:00','psoas-release',90,90.0,70.25,'finished','stand-up');
INSERT INTO "session" VALUES(6,'1970-01-01T00:09:03+00:00','psoas-release',120,0.0,0.0,'abandoned','lie-down');
INSERT INTO "session" VALUES(7,'2026-10-25T00:30:00+00:00','psoas-release',180,180.0,180.0,'finished','stand-up');
INSERT INTO "session" VALUES(8,'2026-10-25T01:30:00+00:00','psoas-release',120,30.0,120.0,'abandoned','straighten');
INSERT INTO "session" VALUES(9,'2026-11-25T17:45:00+00:00','no-pressure-psoas',30,12.5,30.0,'finished','stand-up');
INSERT INTO "session" VALUES(10,'2026-11-25T18:30:00+00:00','psoas-release',120,0.0,43.2,NULL,'straighten');
COMMIT;
PRAGMA user_version = 1;
