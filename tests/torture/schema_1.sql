-- A library of schema 1, as Dateline 0.1.0 wrote it on 22 November 2026: articles 0 to 3 of
-- tests/torture/made.py with HashEmbedder(), then edition 1 of article 2, then article 3 deleted.
PRAGMA application_id = 1147237484;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE article_versions (
    number INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL,
    title TEXT NOT NULL,
    outlet TEXT,
    published TEXT,
    dated_by TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL,
    updated TEXT,
    url TEXT,
    language TEXT NOT NULL,
    kind TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    added_at TEXT NOT NULL,
    replaced_at TEXT NOT NULL
) STRICT;
INSERT INTO "article_versions" VALUES(1,'a2da418d9e5744a1','Report 2 from the town','Carrick Herald','2023-01-03','metadata','The tram company counted two lighthouses on Monday, at a cost of 7089 pounds. The ministry reopened the stone bridge for the third time, at a cost of 4989 pounds. A union of bakers refused a weather station for the third time, at a cost of 3677 pounds.

A union of bakers insured seven ferries without a debate, at a cost of 2450 pounds. The water board photographed the market hall without a debate, at a cost of 6799 pounds. A harbour pilot painted the north quarry after a vote, at a cost of 7277 pounds.

One teacher closed the market hall after a vote, at a cost of 1298 pounds. The mayor reopened the fish auction under a new contract, at a cost of 7437 pounds. A union of bakers sold the north quarry for the third time, at a cost of 5009 pounds.

One teacher refused the market hall without a debate, at a cost of 6751 pounds. One teacher measured a weather station at short notice, at a cost of 3897 pounds. The tram company reopened the stone bridge for the third time, at a cost of 2144 pounds.

One teacher insured two lighthouses before dawn, at a cost of 4215 pounds. The ministry painted the north quarry during the storm, at a cost of 8691 pounds. A harbour pilot counted two lighthouses for the third time, at a cost of 7619 pounds.

The ministry reopened the north quarry during the storm, at a cost of 5301 pounds. The water board closed a weather station for the third time, at a cost of 5022 pounds. The mayor refused a school roof before dawn, at a cost of 374 pounds.

A spokeswoman for the port flooded the fish auction for the third time, at a cost of 7680 pounds. The tram company reopened a school roof before dawn, at a cost of 1906 pounds. The ministry painted the ring road during the storm, at a cost of 7608 pounds.

The water board repaired a weather station at short notice, at a cost of 9035 pounds. The water board photographed a weather station after a vote, at a cost of 4448 pounds.','made/2.txt',NULL,NULL,'en','news','e9df768eddea83be1da647833763c3caa1f978f5b73054c7940ed6a67c4dcf3e','2026-11-22T10:44:12+00:00','2026-11-22T10:44:12+00:00');
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    outlet TEXT,
    published TEXT,
    dated_by TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL,
    updated TEXT,
    url TEXT,
    language TEXT NOT NULL,
    kind TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    added_at TEXT NOT NULL
) STRICT;
INSERT INTO "articles" VALUES('f84cef3b603a2c84','Report 0 from the town','Ashford Courier','2023-01-01','metadata','A harbour pilot reopened the ring road during the storm, at a cost of 9729 pounds. The water board counted a reservoir during the storm, at a cost of 7806 pounds. The ministry measured the stone bridge at short notice, at a cost of 1061 pounds.

The council approved the fish auction at short notice, at a cost of 1350 pounds. A harbour pilot measured a reservoir at short notice, at a cost of 2195 pounds. The council reopened an archive of maps for the third time, at a cost of 8652 pounds.

One teacher approved the market hall after a vote, at a cost of 9088 pounds. The council painted two lighthouses before dawn, at a cost of 4848 pounds. One teacher repaired the stone bridge after a vote, at a cost of 6536 pounds.

One teacher closed a seed library for the third time, at a cost of 7066 pounds. A union of bakers refused a seed library under a new contract, at a cost of 9753 pounds. A harbour pilot flooded the market hall after a vote, at a cost of 7679 pounds.

The council repaired two lighthouses without a debate, at a cost of 6474 pounds. The ministry flooded a reservoir after a vote, at a cost of 3570 pounds. The ministry repaired a seed library for the third time, at a cost of 7495 pounds.

A harbour pilot sold two lighthouses on Monday, at a cost of 6928 pounds. A union of bakers delayed a weather station under a new contract, at a cost of 4423 pounds. A union of bakers questioned the tramline at short notice, at a cost of 864 pounds.

A spokeswoman for the port insured the opera house on Monday, at a cost of 5182 pounds. A union of bakers closed a school roof during the storm, at a cost of 3651 pounds. A spokeswoman for the port approved an archive of maps for the third time, at a cost of 9546 pounds.

A union of bakers counted a school roof under a new contract, at a cost of 7222 pounds. One teacher photographed a seed library for the third time, at a cost of 8637 pounds. The water board counted a weather station without a debate, at a cost of 2495 pounds.

A harbour pilot approved a reservoir under a new contract, at a cost of 9870 pounds. The water board counted a weather station at short notice, at a cost of 8289 pounds. The water board refused the ring road without a debate, at a cost of 504 pounds.','made/0.txt',NULL,NULL,'en','news','4e207cb825e02b821ca6b9927c4b6627940d967fa0e1644238e7814f5a452556','510c286179d9b2a3138f5ac53112ef67180853c5049d6c6de9dd16ddec9d23c5','2026-11-22T10:44:12+00:00');
INSERT INTO "articles" VALUES('35aa1fd818ca928f','Report 1 from the town','Belmont Post','2023-01-02','metadata','The water board questioned a seed library at short notice, at a cost of 1718 pounds. The tram company counted the market hall before dawn, at a cost of 6313 pounds. The council counted the opera house for the third time, at a cost of 9571 pounds.

A spokeswoman for the port repaired the tramline under a new contract, at a cost of 7079 pounds. The water board insured the ring road before dawn, at a cost of 5632 pounds. The water board closed the stone bridge on Monday, at a cost of 4560 pounds.

The council repaired a seed library on Monday, at a cost of 6905 pounds. A harbour pilot painted a weather station for the third time, at a cost of 208 pounds. One teacher questioned a weather station on Monday, at a cost of 575 pounds.

The ministry insured a seed library during the storm, at a cost of 6716 pounds. The ministry delayed a seed library on Monday, at a cost of 3002 pounds. The water board insured the ring road before dawn, at a cost of 4054 pounds.

The ministry photographed the tramline before dawn, at a cost of 4685 pounds. The ministry approved two lighthouses on Monday, at a cost of 1431 pounds. The ministry measured the market hall for the third time, at a cost of 7893 pounds.

The tram company measured a school roof for the third time, at a cost of 4277 pounds. A harbour pilot flooded two lighthouses after a vote, at a cost of 1147 pounds. A union of bakers closed the stone bridge at short notice, at a cost of 3892 pounds.

One teacher flooded a reservoir on Monday, at a cost of 5956 pounds. The council insured the north quarry without a debate, at a cost of 9092 pounds. A spokeswoman for the port delayed a weather station without a debate, at a cost of 9286 pounds.

A spokeswoman for the port refused the tramline without a debate, at a cost of 6172 pounds.','made/1.txt',NULL,NULL,'en','news','ea803ef83c890e4c1fe3e73ae285d7ff30dd63fc513702c9740e3a6a3826537b','901df4ee53ff8e1b93bc12d5af502289f33eb9a720cc4b1802793e95297d6ffe','2026-11-22T10:44:12+00:00');
INSERT INTO "articles" VALUES('a2da418d9e5744a1','Report 2 from the town, edition 1','Carrick Herald','2023-01-03','metadata','A harbour pilot reopened a reservoir after a vote, at a cost of 5677 pounds. The council reopened an archive of maps under a new contract, at a cost of 6002 pounds. A union of bakers reopened an archive of maps at short notice, at a cost of 930 pounds.

One teacher delayed a weather station on Monday, at a cost of 5986 pounds. The council repaired a school roof without a debate, at a cost of 2199 pounds. The tram company repaired the ring road without a debate, at a cost of 8713 pounds.

The mayor closed a seed library under a new contract, at a cost of 5373 pounds. The council reopened the opera house after a vote, at a cost of 1239 pounds. The tram company reopened a school roof without a debate, at a cost of 8980 pounds.

The tram company questioned a weather station for the third time, at a cost of 2874 pounds. The tram company delayed a weather station before dawn, at a cost of 3668 pounds. The water board painted the north quarry without a debate, at a cost of 8149 pounds.

One teacher painted a seed library under a new contract, at a cost of 5752 pounds. A harbour pilot flooded a reservoir during the storm, at a cost of 4367 pounds. The mayor counted the fish auction on Monday, at a cost of 4986 pounds.

A spokeswoman for the port approved seven ferries before dawn, at a cost of 2230 pounds. The ministry painted an archive of maps at short notice, at a cost of 8320 pounds. The tram company counted a weather station during the storm, at a cost of 5738 pounds.

A harbour pilot delayed the tramline on Monday, at a cost of 7819 pounds. The tram company insured the ring road on Monday, at a cost of 4420 pounds.','made/2.txt',NULL,NULL,'en','news','f6f68880775805d4d79ce18c6fc8d00e9d2ec98f842b3bfe46f9af209185b7fd','e62f8b877ad0df8e2c54bad36950765fba9df818634a957008767c7d5854bd3b','2026-11-22T10:44:12+00:00');
CREATE TABLE derived (
    name TEXT PRIMARY KEY,
    generation INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL
) STRICT;
INSERT INTO "derived" VALUES('vectors',3,'1fcc8b0ea40911440aaa7677e6472d2577ae99b31ea230a61c2e998f5109cac7',1674);
INSERT INTO "derived" VALUES('lexical',3,'9b463b15c49a640d4e8e2acd09b4e79c74674816f472ccec39d887e15fa4020b',6888);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
) STRICT;
INSERT INTO "passages" VALUES(1,'f84cef3b603a2c84:0','f84cef3b603a2c84',0,0,1128);
INSERT INTO "passages" VALUES(2,'f84cef3b603a2c84:1','f84cef3b603a2c84',1,1129,2248);
INSERT INTO "passages" VALUES(3,'35aa1fd818ca928f:0','35aa1fd818ca928f',0,0,1121);
INSERT INTO "passages" VALUES(4,'35aa1fd818ca928f:1','35aa1fd818ca928f',1,1122,1798);
INSERT INTO "passages" VALUES(9,'a2da418d9e5744a1:0','a2da418d9e5744a1',0,0,1077);
INSERT INTO "passages" VALUES(10,'a2da418d9e5744a1:1','a2da418d9e5744a1',1,1078,1640);
CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    generation INTEGER NOT NULL,
    embedder TEXT NOT NULL
) STRICT;
INSERT INTO "state" VALUES(1,3,'{"dimensions": 64, "name": "hash:64", "normalised": true, "pooling": "sum", "prefix": "", "weights": "37bb99b663a776371b951e2db065d0a7e4a0cb93544e4a75d135ee5c118802a5"}');
CREATE TABLE vectors (
    passage INTEGER PRIMARY KEY REFERENCES passages (number) ON DELETE CASCADE,
    vector BLOB NOT NULL,
    crc32 INTEGER NOT NULL
) STRICT;
INSERT INTO "vectors" VALUES(1,X'00000000000000006417FCBC6417FCBC8B113D3E8B11BDBD6417FC3C64177CBD000000006417FCBD0000000064177C3D00000000000000000000000064177CBD000000006417FC3C0000000077945C3F64177CBD0000000000000000000000006417FC3C6417FCBC6417FCBD6417FC3C6417FCBC64177C3D00000000000000006417FC3C000000006417FCBC000000008B113D3E6417FCBC6417FCBC000000006417FC3C6417FCBC9E8E1D3E64177CBD000000006417FCBC8B11BDBD64177CBD64177CBD77945CBE64177C3D6417FCBC6417FCBC0000000064177CBD000000008B11BD3D000000006417FC3C000000006417FCBC64177CBD0000000064177C3D',1830553301);
INSERT INTO "vectors" VALUES(2,X'00000000A4820BBEA4820BBE00000000A4820B3D00000000A4820B3DA4820BBDA4820BBDA4828BBD0000000000000000000000000000000000000000A4820BBD00000000F643D13D000000004AB4623F00000000000000000000000000000000A4820B3D000000000000000000000000A4820BBDA4820B3EA4828BBDA4820B3D0000000000000000A4828B3D00000000A4828B3DA4828B3DF643D1BD00000000A4820BBDF643D1BDF643D13DF643D1BDA4828BBDA4820BBDF643D1BD00000000F643D1BDA4828BBD00000000A4820BBDA4820BBDA4820B3D00000000A4828B3DA4820B3DA4828BBDA4820B3DA4820B3DA4820BBDA4828BBDF643D13DF643D13D',52325541);
INSERT INTO "vectors" VALUES(3,X'00000000DBD33BBE00000000CF6FFABCCF6FFA3C0000000000000000CF6FFABC00000000CF6FFABC00000000CF6FFA3C000000000000000000000000CF6FFABC00000000CF6FFA3D00000000D5215B3FCF6FFABD00000000000000000000000000000000000000000000000000000000CF6FFABCCF6F7A3D00000000CF6FFA3CCF6F7A3D00000000DBD3BBBDCF6FFA3CCF6F7A3D00000000CF6F7ABDCF6FFABC00000000DBD3BBBDDE2CAC3ECF6FFA3C00000000CF6FFABC0000000000000000CF6F7ABDDBD3BBBD0000000000000000CF6FFABCCF6F7A3D00000000CF6F7A3DCF6FFA3CCF6F7ABD00000000CF6FFA3CCF6FFA3CDBD3BBBDCF6F7A3DDBD3BB3D',1461152949);
INSERT INTO "vectors" VALUES(4,X'00000000861FE0BD861F60BD00000000861FE03D0000000000000000861FE0BD00000000861F60BD861F60BD861F603D00000000861F60BD0000000000000000000000000000000000000000861F603F00000000000000000000000000000000861F603D00000000861F60BD00000000861F60BD861F603D861F60BD861F603D0000000000000000861FE03D00000000861FE03D861F603D0000000000000000861FE0BD00000000A517283E861F60BD00000000861F60BD861FE0BD00000000861FE0BD861FE0BD861FE0BD861FE0BD861F60BD861F603D861F60BD861F603D00000000861FE0BD00000000861F60BD0000000000000000861F603D861F603D',2053021601);
INSERT INTO "vectors" VALUES(9,X'000000001C6089BD000000001C6089BD2A10CE3D1C60093E1C60893D1C6089BD000000001C6009BD000000000000000000000000000000000000000000000000000000001C60093D000000002E3C5F3F1C6089BD1C60093D000000001C6009BD000000001C6009BD1C6009BD00000000000000002A10CE3D1C6089BD1C60093D1C60093D0000000000000000000000002A10CE3D23B82B3E1C60093D000000001C6009BD1C6089BD1C60093E000000001C6009BE1C6089BD2A10CEBD1C6009BD1C6009BD1C6009BE23B82B3E000000001C6009BD000000001C6089BD1C60093D1C6009BD000000001C6009BD1C6009BD1C6009BD1C6009BD1C60893D1C60893D',1981537119);
INSERT INTO "vectors" VALUES(10,X'00000000000040BE0000803D000080BD0000803D0000003E0000803D00000000000000000000000000000000000000000000000000000000000080BD000000BE0000000000000000000000000000603F000000000000000000000000000080BD000000000000000000000000000000000000000000000000000000000000803D000000000000000000000000000000000000003E00000000000080BD000000000000803D000000000000003E000080BD000080BD000000BE000080BD000000BE00000000000000BE0000000000000000000080BD0000803D000080BD00000000000000BE000080BD000080BD000080BD00000000000080BD0000000000000000',3207472899);
CREATE INDEX articles_by_text ON articles (text_hash);
CREATE INDEX versions_by_article ON article_versions (article_id);
CREATE INDEX passages_by_article ON passages (article_id, ordinal);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('passages',10);
COMMIT;
