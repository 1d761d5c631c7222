import assert from 'node:assert/strict';
import { test } from 'node:test';
import { java } from '../../../src/facts/imports/java.js';
import { kotlin } from '../../../src/facts/imports/kotlin.js';
import { jvmResolver } from '../../../src/facts/resolve/jvm.js';
import type { ResolveSettings } from '../../../src/model/decision.js';
import { type DeclaredTree, declaredTree } from './declared-tree.js';

const treeOf = (files: Readonly<Record<string, string>>, settings?: ResolveSettings): Promise<DeclaredTree> =>
  declaredTree(jvmResolver, [java, kotlin], files, settings);

const tree = await treeOf({
  'app/build.gradle.kts': '',
  'app/src/main/java/com/x/app/Main.java': 'package com.x.app;',
  'app/src/main/java/com/x/util/Text.java': 'package com.x.util;',
  'app/src/main/java/module-info.java': 'module com.x.app {}',
  'app/src/test/java/com/x/app/MainTest.java': 'package com.x.app;',
  'app/src/test/java/com/x/testing/Fake.java': 'package com.x.testing;',
  'db/pom.xml': '',
  'db/src/main/java/com/x/db/Pool.java': 'package com.x.db;',
  'db/src/main/java/com/x/util/Sql.java': 'package com.x.util;',
  'db/src/main/java/com/x/util/Text.java': 'package com.x.util;',
  'db/src/main/java/module-info.java': 'module com.x.db {}',
  // Kotlin leaves the common package out of its folders, and names files as it likes.
  'kt/src/main/kotlin/Start.kt': 'package com.x.kt\nfun start() {}\nobject Config { val max = 1 }',
  'kt/src/main/kotlin/http/Client.kt':
    'package com.x.kt.http\nclass Client\nclass Options\nfun Client.get() {}',
  'kt/src/main/kotlin/http/strings.kt': 'package com.x.kt.http\n',
  'kt/src/jvm/kotlin/http/Client.jvm.kt': 'package com.x.kt.http\nactual class Platform\nfun only() {}',
  'kt/src/main/kotlin/jvmName.kt': '@file:JvmName("Facade")\npackage com.x.kt\nfun f() {}',
  // Dropped into a library's package.
  'kt/src/main/kotlin/Patch.kt': 'package org.gradle.dsl\nfun patched() {}',
  'scripts/root.kt': 'fun inRoot() {}',
});
const MAIN = 'app/src/main/java/com/x/app/Main.java';
const TEST = 'app/src/test/java/com/x/app/MainTest.java';

const CASES: readonly (readonly [code: string, end: string, from?: string])[] = [
  ['import com.x.db.Pool;', 'db/src/main/java/com/x/db/Pool.java'],
  ['import com.x.db.Pool.Lease.State;', 'db/src/main/java/com/x/db/Pool.java'],
  ['import static com.x.db.Pool.open;', 'db/src/main/java/com/x/db/Pool.java'],
  ['import static com.x.db.Pool.*;', 'db/src/main/java/com/x/db/Pool.java'],
  ['import com.x.db.Pool.*;', 'db/src/main/java/com/x/db/Pool.java'],
  ['import com.x.db.*;', 'db/src/main/java/com/x/db/'],
  // The file's own module first, for a class and for a wildcard.
  ['import com.x.util.Text;', 'app/src/main/java/com/x/util/Text.java'],
  ['import com.x.util.Text;', 'db/src/main/java/com/x/util/Text.java', 'db/src/main/java/com/x/db/Pool.java'],
  ['import com.x.util.Sql;', 'db/src/main/java/com/x/util/Sql.java'],
  ['import com.x.util.*;', 'app/src/main/java/com/x/util/'],
  [
    'import com.x.util.*;',
    'app/src/main/java/com/x/util/ + db/src/main/java/com/x/util/',
    'kt/src/main/kotlin/Start.kt',
  ],
  // Tests are for tests.
  ['import com.x.app.*;', 'app/src/main/java/com/x/app/'],
  ['import com.x.app.*;', 'app/src/test/java/com/x/app/ + app/src/main/java/com/x/app/', TEST],
  ['import com.x.app.Generated;', 'app/src/main/java/com/x/app/'],
  ['import com.x.testing.Generated;', 'app/src/test/java/com/x/testing/', TEST],
  ['import com.x.testing.Generated;', '? app/src/test/java/com/x/testing/Generated.java'],
  ['import com.x.testing.Fake;', 'app/src/test/java/com/x/testing/Fake.java'],
  // Kotlin.
  ['import com.x.kt.http.Client;', 'kt/src/main/kotlin/http/Client.kt'],
  ['import com.x.kt.http.Options;', 'kt/src/main/kotlin/http/Client.kt'],
  ['import com.x.kt.http.get', 'kt/src/main/kotlin/http/Client.kt', 'kt/src/main/kotlin/Start.kt'],
  ['import com.x.kt.http.Platform', 'kt/src/jvm/kotlin/http/Client.jvm.kt', 'kt/src/main/kotlin/Start.kt'],
  ['import com.x.kt.Config.max', 'kt/src/main/kotlin/Start.kt', 'kt/src/main/kotlin/http/Client.kt'],
  ['import com.x.kt.start as begin', 'kt/src/main/kotlin/Start.kt', 'kt/src/main/kotlin/http/Client.kt'],
  ['import inRoot', 'scripts/root.kt', 'kt/src/main/kotlin/http/Client.kt'],
  ['import nowhere', '? nowhere', 'kt/src/main/kotlin/http/Client.kt'],
  ['import static com.x.kt.http.StringsKt.trim;', 'kt/src/main/kotlin/http/strings.kt'],
  ['import com.x.kt.Facade;', 'kt/src/main/kotlin/jvmName.kt'],
  ['import com.x.kt.http.generated', 'kt/src/main/kotlin/http/', 'kt/src/main/kotlin/Start.kt'],
  ['import org.gradle.dsl.patched', 'kt/src/main/kotlin/Patch.kt', 'kt/src/main/kotlin/Start.kt'],
  ['import org.gradle.dsl.other', 'maven:org.gradle.dsl/other', 'kt/src/main/kotlin/Start.kt'],
  // What begins like the tree's own and isn't there.
  ['import com.x.db.missing.Foo;', '? db/src/main/java/com/x/db/missing.java'],
  ['import com.x.missing.*;', '? app/src/main/java/com/x/missing/'],
  // Others'.
  ['import org.junit.jupiter.api.Test;', 'maven:org.junit.jupiter.api/Test'],
  ['import org.junit.jupiter.api.*;', 'maven:org.junit.jupiter.api'],
  ['import static org.junit.Assert.fail;', 'maven:org.junit/Assert'],
  ['import static org.junit.Assert.*;', 'maven:org.junit/Assert'],
  ['import a.b.C.D;', 'maven:a.b/C/D'],
  ['import kotlinx.coroutines.launch', 'maven:kotlinx.coroutines/launch', 'kt/src/main/kotlin/Start.kt'],
  ['import okio.*', 'maven:okio', 'kt/src/main/kotlin/Start.kt'],
  ['import kotlin.math.max', 'java:kotlin.math/max', 'kt/src/main/kotlin/Start.kt'],
  ['import kotlin.test.assertEquals', 'maven:kotlin.test/assertEquals', 'kt/src/main/kotlin/Start.kt'],
  ['import java.util.List;', 'java:java.util/List'],
  ['import java.util.*;', 'java:java.util'],
  ['import javax.sql.DataSource;', 'java:javax.sql/DataSource'],
  ['import javax.xml.parsers.SAXParser;', 'java:javax.xml.parsers/SAXParser'],
  ['import javax.inject.Inject;', 'maven:javax.inject/Inject'],
  ['import javax.xml.bind.JAXB;', 'maven:javax.xml.bind/JAXB'],
  ['import org.w3c.dom.Node;', 'java:org.w3c.dom/Node'],
  // Names in code.
  ['class A { Object o = new com.x.db.Pool(); }', 'db/src/main/java/com/x/db/Pool.java'],
  ['class A { Object o = java.util.List.of(); }', 'java:java.util/List'],
  ['class A { Object o = org.x.y.Foo.of(); }', 'maven:org.x.y/Foo'],
  ['class A { Object o = org.x.y.FOO; }', 'maven:org.x.y/FOO'],
  ['class A { Object o = config.limits.MAX; }', 'nothing'],
  // Reflection.
  ['class A { Object o = Class.forName("com.x.db.Pool"); }', 'db/src/main/java/com/x/db/Pool.java'],
  ['class A { Object o = Class.forName("com.x.db.Pool$Lease"); }', 'db/src/main/java/com/x/db/Pool.java'],
  ['class A { Object o = Class.forName("org.h2.Driver"); }', 'maven:org.h2/Driver'],
  ['class A { Object o = Class.forName("[I"); }', 'nothing'],
  ['class A { Object o = Class.forName(name); }', 'computed'],
  // Modules.
  [
    'module a { requires com.x.db; }',
    'db/src/main/java/module-info.java',
    'app/src/main/java/module-info.java',
  ],
  ['module a { requires java.sql; }', 'java:java.sql', 'app/src/main/java/module-info.java'],
  ['module a { requires org.slf4j; }', 'maven:org.slf4j', 'app/src/main/java/module-info.java'],
  [
    'module a { uses com.x.db.Pool; }',
    'db/src/main/java/com/x/db/Pool.java',
    'app/src/main/java/module-info.java',
  ],
  ['import module com.x.db;', 'db/src/main/java/module-info.java'],
];

for (const [code, end, from = MAIN] of CASES)
  test(`${code} ends at ${end}`, () => assert.deepEqual(tree.ends(from, code), [end]));

test('an unresolved import keeps its lexical candidates', () => {
  assert.deepEqual(
    tree.asked(MAIN, 'import com.x.gone.Foo;').filter(place => place.startsWith('app/src/main')),
    ['app/src/main/java/com/x/gone/Foo.java', 'app/src/main/java/com/x/gone/Foo.kt'],
  );
});

test('a file that is deleted leaves its place behind', async () => {
  const files = {
    'src/main/java/com/x/a/A.java': 'package com.x.a;',
    'src/main/java/com/x/b/B.java': 'package com.x.b;',
  };
  const after = await treeOf(files);
  assert.deepEqual(after.ends('src/main/java/com/x/a/A.java', 'import com.x.db.Pool;'), [
    '? src/main/java/com/x/db/Pool.java',
  ]);
  assert.deepEqual(after.ends('src/main/java/com/x/a/A.java', 'import com.x.db.*;'), [
    '? src/main/java/com/x/db/',
  ]);
});

test('resolve.roots holds what no package statement tells', async () => {
  const rooted = await treeOf(
    { 'src/com/x/A.java': 'package com.x;', 'gen/org/y/B.java': '' },
    { roots: ['./gen/'] },
  );
  assert.deepEqual(rooted.ends('src/com/x/A.java', 'import org.y.B;'), ['gen/org/y/B.java']);
});

test('the context does not grow with a file of a known package', async () => {
  const one = await treeOf({
    'src/com/x/A.java': 'package com.x;',
    'src/com/x/b/B.kt': 'package com.x.b\nclass B',
  });
  const two = await treeOf({
    'src/com/x/A.java': 'package com.x;',
    'src/com/x/b/B.kt': 'package com.x.b\nclass B',
    'src/com/x/b/C.kt': 'package com.x.b\nclass C',
  });
  assert.deepEqual(one.context, two.context);
});

test('folders are no home of scripts and module declarations', () => {
  assert.equal(jvmResolver.isMember?.('a/build.gradle.kts'), false);
  assert.equal(jvmResolver.isMember?.('a/module-info.java'), false);
  assert.equal(jvmResolver.isMember?.('a/B.kt'), true);
});
