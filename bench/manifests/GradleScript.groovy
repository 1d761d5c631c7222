// A second reader of build.gradle: Groovy's own parser, to the tree of the code, which is not run.
import groovy.json.JsonOutput
import org.codehaus.groovy.ast.CodeVisitorSupport
import org.codehaus.groovy.ast.builder.AstBuilder
import org.codehaus.groovy.ast.expr.*
import org.codehaus.groovy.control.CompilePhase

/** Method calls straight in a `dependencies` or `plugins` block, with the strings that they are given. */
class Calls extends CodeVisitorSupport {
  List rows = []
  List<String> blocks = []

  static final NONE = ['exclude', 'because', 'println', 'constraints', 'each', 'all', 'components', 'modules', 'imports', 'if'] as Set

  @Override
  void visitMethodCallExpression(MethodCallExpression call) {
    String name = call.methodAsString ?: '?'
    def list = call.arguments instanceof TupleExpression ? call.arguments.expressions : [call.arguments]
    boolean inside = blocks && blocks.last() == 'dependencies'
    boolean implied = call.implicitThis || call.objectExpression.text == 'this'
    if (inside && implied && !NONE.contains(name) && list.any { !(it instanceof ClosureExpression) }) {
      def texts = []
      list.each { collect(it, texts) }
      texts.collect { it.replaceAll(/\$\{[^}]*\}|\$[\w.]+/, '\\$') }.findAll { it ==~ /[A-Za-z\$][^:\s\/]*:[^:\s\/]+(:\S*)?/ }.each { rows << ["${call.lineNumber} ${name} ${it.split(':')[0]}:${it.split(':')[1].split('@')[0]}".toString(), ''] }
    } else if (blocks && blocks.last() == 'plugins' && name == 'id' && list[0] instanceof ConstantExpression && list[0].value.contains('.')) {
      rows << ["${call.lineNumber} plugin ${list[0].value}".toString(), '']
    }
    call.objectExpression.visit(this)
    list.each { argument ->
      if (argument instanceof ClosureExpression) {
        String block = inside && (NONE.contains(name) && name != 'components' && name != 'modules' && name != 'imports') ? 'dependencies' : inside ? 'options' : name
        blocks << block
        argument.visit(this)
        blocks.remove(blocks.size() - 1)
      } else if (!inside || !implied) argument.visit(this)
    }
  }

  /** Strings; what is filled in stands as it is written. */
  static void collect(Expression one, List texts) {
    if (one instanceof ConstantExpression && one.value instanceof String) texts << one.value
    else if (one instanceof GStringExpression) texts << one.text.replaceAll(/\s/, '')
    else if (one instanceof ListExpression && !(one instanceof MapExpression)) one.expressions.each { collect(it, texts) }
    else if (one instanceof MethodCallExpression && !(one.methodAsString in ['project', 'files', 'fileTree', 'file'])) {
      one.arguments instanceof TupleExpression && one.arguments.expressions.each { collect(it, texts) }
    } else if (one instanceof MapExpression) {
      def parts = one.mapEntryExpressions.collectEntries { [(it.keyExpression.text): it.valueExpression] }
      def value = { key -> parts[key] instanceof ConstantExpression ? parts[key].value : parts[key] == null ? null : '${' + parts[key].text + '}' }
      if (parts.name) texts << [value('group'), value('name'), value('version')].findAll { it != null }.join(':')
    }
  }
}

/** Groovy 2.4 does not know lambdas yet: `find(m -> m.x())` becomes `find({ m -> m.x() })`. */
static String older(String text) {
  text.replaceAll(/\((\w+) -> ([^(){}\n]*(?:\([^()\n]*\)[^(){}\n]*)*)\)/, '({ $1 -> $2 })')
}

System.in.eachLine { path ->
  try {
    if (new File(path).text.trim().empty) {
      println '[]'
      return
    }
    def nodes = new AstBuilder().buildFromString(CompilePhase.CONVERSION, false, older(new File(path).getText('UTF-8')))
    def calls = new Calls()
    nodes[0].visit(calls)
    println JsonOutput.toJson(calls.rows)
  } catch (Exception error) {
    println JsonOutput.toJson(error.message.readLines().take(3).join(' '))
  }
}
