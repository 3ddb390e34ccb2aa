-- A library of schema 2, as Dateline of 22 November 2026 wrote it (commit 670d95c): articles 0 to 3 of
-- tests/torture/made.py with HashEmbedder(), then edition 1 of article 2, then article 3 deleted.
PRAGMA application_id = 1147237484;
PRAGMA user_version = 2;
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
    dropped TEXT NOT NULL DEFAULT '[]',
    withdrawn TEXT,
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

The water board repaired a weather station at short notice, at a cost of 9035 pounds. The water board photographed a weather station after a vote, at a cost of 4448 pounds.','made/2.txt',NULL,NULL,'en','news','[]',NULL,'e9df768eddea83be1da647833763c3caa1f978f5b73054c7940ed6a67c4dcf3e','2026-11-22T16:47:42+00:00','2026-11-22T16:47:42+00:00');
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
    dropped TEXT NOT NULL DEFAULT '[]',
    withdrawn TEXT,
    content_hash TEXT NOT NULL,

    text_hash TEXT NOT NULL,
    group_id TEXT NOT NULL,
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

A harbour pilot approved a reservoir under a new contract, at a cost of 9870 pounds. The water board counted a weather station at short notice, at a cost of 8289 pounds. The water board refused the ring road without a debate, at a cost of 504 pounds.','made/0.txt',NULL,NULL,'en','news','[]',NULL,'4e207cb825e02b821ca6b9927c4b6627940d967fa0e1644238e7814f5a452556','510c286179d9b2a3138f5ac53112ef67180853c5049d6c6de9dd16ddec9d23c5','f84cef3b603a2c84','2026-11-22T16:47:42+00:00');
INSERT INTO "articles" VALUES('35aa1fd818ca928f','Report 1 from the town','Belmont Post','2023-01-02','metadata','The water board questioned a seed library at short notice, at a cost of 1718 pounds. The tram company counted the market hall before dawn, at a cost of 6313 pounds. The council counted the opera house for the third time, at a cost of 9571 pounds.

A spokeswoman for the port repaired the tramline under a new contract, at a cost of 7079 pounds. The water board insured the ring road before dawn, at a cost of 5632 pounds. The water board closed the stone bridge on Monday, at a cost of 4560 pounds.

The council repaired a seed library on Monday, at a cost of 6905 pounds. A harbour pilot painted a weather station for the third time, at a cost of 208 pounds. One teacher questioned a weather station on Monday, at a cost of 575 pounds.

The ministry insured a seed library during the storm, at a cost of 6716 pounds. The ministry delayed a seed library on Monday, at a cost of 3002 pounds. The water board insured the ring road before dawn, at a cost of 4054 pounds.

The ministry photographed the tramline before dawn, at a cost of 4685 pounds. The ministry approved two lighthouses on Monday, at a cost of 1431 pounds. The ministry measured the market hall for the third time, at a cost of 7893 pounds.

The tram company measured a school roof for the third time, at a cost of 4277 pounds. A harbour pilot flooded two lighthouses after a vote, at a cost of 1147 pounds. A union of bakers closed the stone bridge at short notice, at a cost of 3892 pounds.

One teacher flooded a reservoir on Monday, at a cost of 5956 pounds. The council insured the north quarry without a debate, at a cost of 9092 pounds. A spokeswoman for the port delayed a weather station without a debate, at a cost of 9286 pounds.

A spokeswoman for the port refused the tramline without a debate, at a cost of 6172 pounds.','made/1.txt',NULL,NULL,'en','news','[]',NULL,'ea803ef83c890e4c1fe3e73ae285d7ff30dd63fc513702c9740e3a6a3826537b','901df4ee53ff8e1b93bc12d5af502289f33eb9a720cc4b1802793e95297d6ffe','35aa1fd818ca928f','2026-11-22T16:47:42+00:00');
INSERT INTO "articles" VALUES('a2da418d9e5744a1','Report 2 from the town, edition 1','Carrick Herald','2023-01-03','metadata','A harbour pilot reopened a reservoir after a vote, at a cost of 5677 pounds. The council reopened an archive of maps under a new contract, at a cost of 6002 pounds. A union of bakers reopened an archive of maps at short notice, at a cost of 930 pounds.

One teacher delayed a weather station on Monday, at a cost of 5986 pounds. The council repaired a school roof without a debate, at a cost of 2199 pounds. The tram company repaired the ring road without a debate, at a cost of 8713 pounds.

The mayor closed a seed library under a new contract, at a cost of 5373 pounds. The council reopened the opera house after a vote, at a cost of 1239 pounds. The tram company reopened a school roof without a debate, at a cost of 8980 pounds.

The tram company questioned a weather station for the third time, at a cost of 2874 pounds. The tram company delayed a weather station before dawn, at a cost of 3668 pounds. The water board painted the north quarry without a debate, at a cost of 8149 pounds.

One teacher painted a seed library under a new contract, at a cost of 5752 pounds. A harbour pilot flooded a reservoir during the storm, at a cost of 4367 pounds. The mayor counted the fish auction on Monday, at a cost of 4986 pounds.

A spokeswoman for the port approved seven ferries before dawn, at a cost of 2230 pounds. The ministry painted an archive of maps at short notice, at a cost of 8320 pounds. The tram company counted a weather station during the storm, at a cost of 5738 pounds.

A harbour pilot delayed the tramline on Monday, at a cost of 7819 pounds. The tram company insured the ring road on Monday, at a cost of 4420 pounds.','made/2.txt',NULL,NULL,'en','news','[]',NULL,'f6f68880775805d4d79ce18c6fc8d00e9d2ec98f842b3bfe46f9af209185b7fd','e62f8b877ad0df8e2c54bad36950765fba9df818634a957008767c7d5854bd3b','a2da418d9e5744a1','2026-11-22T16:47:42+00:00');
CREATE TABLE boilerplate (
    outlet TEXT NOT NULL,
    line_hash BLOB NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (outlet, line_hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE derived (
    name TEXT PRIMARY KEY,
    generation INTEGER NOT NULL,
    kind TEXT NOT NULL,
    upto INTEGER NOT NULL,
    removed_upto INTEGER NOT NULL
) STRICT;
INSERT INTO "derived" VALUES('base-1',3,'Flat',10,4);
CREATE TABLE derived_files (
    name TEXT NOT NULL REFERENCES derived (name) ON DELETE CASCADE,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (name, path)
) STRICT;
INSERT INTO "derived_files" VALUES('base-1','lexical-eb7abadbeeda',5888,'99117d95c16702ba9fad6b5e382d4a7359b57793ffa1b9c2a3a2608dd5ccd042');
INSERT INTO "derived_files" VALUES('base-1','facets-938353910e2f',448,'714eda3665d04ce2d895ac909c4deacd2ed1bb2c44e75defab7aa1df22044819');
INSERT INTO "derived_files" VALUES('base-1','vectors-e16432837481',1581,'c2008a8e5de4564a2de936293d0ced1c2abc270e329c18fe55dd7c96b93bdfe3');
CREATE TABLE edge_lines (
    outlet TEXT NOT NULL,
    line_hash BLOB NOT NULL,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (outlet, line_hash, article_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    terms INTEGER NOT NULL,
    crc32 INTEGER NOT NULL
) STRICT;
INSERT INTO "passages" VALUES(1,'f84cef3b603a2c84:0','f84cef3b603a2c84',0,0,1128,132,275211096);
INSERT INTO "passages" VALUES(2,'f84cef3b603a2c84:1','f84cef3b603a2c84',1,1129,2248,132,1718728606);
INSERT INTO "passages" VALUES(3,'35aa1fd818ca928f:0','35aa1fd818ca928f',0,0,1121,130,107794379);
INSERT INTO "passages" VALUES(4,'35aa1fd818ca928f:1','35aa1fd818ca928f',1,1122,1798,82,1370487560);
INSERT INTO "passages" VALUES(9,'a2da418d9e5744a1:0','a2da418d9e5744a1',0,0,1077,131,2636714392);
INSERT INTO "passages" VALUES(10,'a2da418d9e5744a1:1','a2da418d9e5744a1',1,1078,1640,70,1593894890);
CREATE TABLE removed (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    passage INTEGER NOT NULL
) STRICT;
CREATE TABLE signature_bands (
    band INTEGER NOT NULL,
    key BLOB NOT NULL,
    article_id TEXT NOT NULL,
    PRIMARY KEY (band, key, article_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "signature_bands" VALUES(0,X'4960F68E684E04C2','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(0,X'789B6F1D554174D6','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(0,X'96698892FB4F9617','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(1,X'05D3B43B1FF66A7B','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(1,X'25185D2CFE5AF407','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(1,X'D2BE61950C0442F0','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(2,X'24ACF630E54B08D2','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(2,X'4F186D2BDD2B0E84','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(2,X'5BB6945152EFF98C','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(3,X'02A181761DCBCE06','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(3,X'11D47D9C66C788FC','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(3,X'F46531422720186D','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(4,X'972A8CE469703B48','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(4,X'C707888C1CD6F63F','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(4,X'E0D76B02AF88F429','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(5,X'B2C6A557A38FA852','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(5,X'B897A6592E0B519F','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(5,X'DF5D60CEC6EFC3B4','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(6,X'B3D69265B062824F','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(6,X'D92FC1C7B5074784','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(6,X'E8A83A7ED4827443','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(7,X'8FD0E43FDE8C9689','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(7,X'B067DB1A0BCFBDB7','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(7,X'C68A92641AC76DAA','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(8,X'136140F24283B963','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(8,X'4EA416B601E96856','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(8,X'97BB087243BD26C4','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(9,X'33A1B4273045D55D','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(9,X'4ACBEB45040DBAB7','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(9,X'B8B76008A2830D88','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(10,X'527CC5F86369E770','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(10,X'BC18C6FFC9A9DB28','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(10,X'E0947FF09B580005','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(11,X'28BD335C7737804A','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(11,X'98E1871E2B827886','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(11,X'D228B846B990AD9C','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(12,X'25816BC49BFD7AB6','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(12,X'5519E87AB8A95E9B','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(12,X'8A504CD0A0B103D2','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(13,X'60D79D6A9456A2CE','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(13,X'BF5370AC58162591','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(13,X'C5EFCE4499132CA6','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(14,X'19A63A09991D5F80','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(14,X'1E5451866CCCF0A0','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(14,X'88CF26046A9B1DE4','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(15,X'6D16C579EEE8AAA4','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(15,X'988B0441C8A2A928','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(15,X'F473FEBADF07AFD9','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(16,X'01E14F44656BA140','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(16,X'997278629F0712F4','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(16,X'B9097E9ADFAE0B18','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(17,X'032FC0FA86EEC76D','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(17,X'7E0DCF3366CA3CC3','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(17,X'9B60E8A6830E2EB3','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(18,X'69C79515AC326A4B','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(18,X'8D456DFEA4CE1596','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(18,X'E399D2119E2DD264','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(19,X'9FD8AB59FC46E99F','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(19,X'E6E5DF9B1C36F4DF','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(19,X'FDBD721D6CF9FF56','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(20,X'1C082088F8FDF46B','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(20,X'CC1C1872CF941CA3','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(20,X'F9870F55E0ED93F8','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(21,X'762330203B4C6773','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(21,X'CFC4B6C18F165F71','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(21,X'F049C64B250D6694','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(22,X'CD40B6E9E89067F8','35aa1fd818ca928f');
INSERT INTO "signature_bands" VALUES(22,X'E9206A29A7274D34','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(22,X'F4C7F0F05C28A3B7','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(23,X'492AF12E8F815630','a2da418d9e5744a1');
INSERT INTO "signature_bands" VALUES(23,X'85DC6F3B028D8303','f84cef3b603a2c84');
INSERT INTO "signature_bands" VALUES(23,X'860532B3F983B487','35aa1fd818ca928f');
CREATE TABLE signatures (
    article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    signature BLOB NOT NULL
) STRICT;
INSERT INTO "signatures" VALUES('f84cef3b603a2c84',X'EC6CD7002C86240267F735007AA051003AA5D100B91636002C999900D2FB12018D2E2A01D4971E0049457601CBFA600045ACD4002A2A830372D03001A8171900F8DBBC00B2231600EC8B48008C793700867E1F00A8266F00DE847600A03D440054CA600241BDEF00B88B6C00AFD3D500FE64A800905F4C02BC6EC70072D0CB011C07D1005EA4BC006D3F5D00FD96DB00ED51EC0272DD9100ED3B31012ED5390028494B00C7FF3A006267A70116B30C00B51FC500745340014CC0580151F0F700D051B90A10E1E8022A98FB06DCC07F03DEF767003488BA00D336110D043B91049A01B002C67D630588BD7302AA49D2020AF3FD0121F5F0098F8CEB0BA47EE609E99624015B1D7D0426F89D012EDDC711F66EA20D245B2300D7E95401D890C107');
INSERT INTO "signatures" VALUES('35aa1fd818ca928f',X'E6DC53009AAC1803F9BCB5007AA05100037CD801B9163600A1316801C21C8902267A14024DDC2001D7CE3400CBFA6000498E910099435201C907950230A332013E12FE00CE39CD009C69AE00AB34AB04867E1F00A8266F0068F48B0110D45201DE002A0262B7A3022B5C3A031A9E62007E15700096136A003EF116005D391B01BAE9E602C5D49A0224891A0023D0F100EBFA31004EC1D9007F580900C60B7F00DCE5970194C44C01AE19C800D1196F00084327002481BF004CC05801919A120071EAF30073928602CCB179058B259C02D7DAEC01A4E5D602E0CFB206D0AADD015CF15002F5EB9207A536BA02E0B7B7083C10E902C61FCF02004914042D5FAD027B9EF502DC4A54007E19B30400F7C10980BCC80D245B2300A4D9380DE7397A00');
INSERT INTO "signatures" VALUES('a2da418d9e5744a1',X'CCF13C0173187B00932F6A007AA051004CBFA7008A76750281D93B009E8C3A0093836A0149EE3B00D7CE3400CBFA6000F22C06019F9F5901DDBA0501A81719003E12FE00A1E399049C69AE008C793700867E1F004D590C0017CA610110D4520123B3F403B887F7020EAD9400E6D97002524122033CAADA02BC6EC70072D0CB019A2E95035EA4BC006D3F5D0023D0F10081D78C0033310F00FD5F5E01EAED3401445E460212A53401AA499100857210026FB81400AF394C01A8B81F00919A1200A3DA9E053A2CC402EC720106CC677806DEF767009BC2C207F5968203D83265024A48A300573E7D18BC87D100E0B7B708D65E5A02FBE24D04D1745610D23A4702899E3D06D36BC9009825130CC228AB0814753B02245B2300EEE5F40707CB8307');
CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    generation INTEGER NOT NULL,
    embedder TEXT NOT NULL,
    passages INTEGER NOT NULL DEFAULT 0,
    terms INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO "state" VALUES(1,3,'{"dimensions": 64, "name": "hash:64", "normalised": true, "pooling": "sum", "prefix": "", "weights": "37bb99b663a776371b951e2db065d0a7e4a0cb93544e4a75d135ee5c118802a5"}',6,677);
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
CREATE TABLE withdrawn_by_hand (
    article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX articles_by_text ON articles (text_hash);
CREATE INDEX articles_by_day ON articles (published);
CREATE INDEX versions_by_article ON article_versions (article_id);
CREATE INDEX passages_by_article ON passages (article_id, ordinal);
CREATE TRIGGER passage_added AFTER INSERT ON passages BEGIN
    UPDATE state SET passages = passages + 1, terms = terms + new.terms;
END;
CREATE TRIGGER passage_removed AFTER DELETE ON passages BEGIN
    INSERT INTO removed (passage) VALUES (old.number);
    UPDATE state SET passages = passages - 1, terms = terms - old.terms;
END;
CREATE INDEX articles_by_group ON articles (group_id);
CREATE INDEX edge_lines_by_article ON edge_lines (article_id);
CREATE INDEX articles_by_outlet ON articles (outlet, group_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('passages',10);
INSERT INTO "sqlite_sequence" VALUES('removed',4);
COMMIT;
