import com.sun.source.tree.*;
import com.sun.source.util.*;
import java.io.*;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import javax.tools.*;

/**
 * What javac's syntax tree says about imports: reads the paths of files, one a line, and prints a JSON object for
 * each, as bench/oracle/external.ts wants it. A file with syntax errors has only its error.
 */
public class Imports {
  public static void main(String[] args) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(new BufferedOutputStream(System.out, 1 << 16), false, StandardCharsets.UTF_8);
    for (String path; (path = in.readLine()) != null;) {
      String text = new String(Files.readAllBytes(Path.of(path)), StandardCharsets.UTF_8);
      out.println(answer(compiler, files, path, text.startsWith("\uFEFF") ? text.substring(1) : text));
    }
    out.flush();
  }

  static String answer(JavaCompiler compiler, StandardJavaFileManager files, String path, String text) throws IOException {
    String name = path.substring(path.lastIndexOf('/') + 1);
    JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///" + name.replaceAll("[^A-Za-z0-9_.-]", "_")), JavaFileObject.Kind.SOURCE) {
      @Override public CharSequence getCharContent(boolean ignore) { return text; }
    };
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    List<String> options = List.of("-proc:none", "--enable-preview", "--release", System.getProperty("java.specification.version"));
    JavacTask task = (JavacTask) compiler.getTask(null, files, problems, options, null, List.of(file));
    CompilationUnitTree unit = task.parse().iterator().next();
    for (Diagnostic<?> problem : problems.getDiagnostics()) {
      if (problem.getKind() != Diagnostic.Kind.ERROR) continue;
      String message = problem.getLineNumber() + ": " + problem.getMessage(Locale.ENGLISH).replaceAll("\\s+", " ");
      return "{\"path\":" + json(path) + ",\"error\":" + json(message) + ",\"sites\":[]}";
    }
    Finder finder = new Finder(unit, Trees.instance(task).getSourcePositions(), text);
    finder.scan(unit, null);
    return "{\"path\":" + json(path) + ",\"sites\":[" + String.join(",", finder.sites) + "]}";
  }

  static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray())
      json.append(c == '"' || c == '\\' || c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
    return json.append('"').toString();
  }

  static final class Finder extends TreeScanner<Void, Void> {
    final CompilationUnitTree unit;
    final SourcePositions positions;
    final Set<String> qualified = new HashSet<>();

    final String text;
    final List<String> sites = new ArrayList<>();

    Finder(CompilationUnitTree unit, SourcePositions positions, String text) {
      this.unit = unit;
      this.positions = positions;
      this.text = text;
    }

    void site(long at, String kind, String form, String name, String specifier) {
      String before = text.substring(0, (int) at);
      long line = 1 + before.chars().filter(c -> c == '\n').count();
      sites.add("{\"specifier\":" + (specifier == null ? "null" : json(specifier)) + ",\"kind\":" + json(kind)
          + (form.isEmpty() ? "" : ",\"form\":" + json(form))
          + (name.isEmpty() ? "" : ",\"names\":[" + json(name) + "]")
          + ",\"line\":" + line + ",\"column\":" + (at - before.lastIndexOf('\n')) + "}");
    }

    long start(Tree tree) {
      Tree base = tree;
      while (base instanceof MemberSelectTree) base = ((MemberSelectTree) base).getExpression();
      return positions.getStartPosition(unit, base);
    }

    static String last(String name) {
      return name.substring(name.lastIndexOf('.') + 1);
    }

    static String owner(String name) {
      return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    @Override public Void visitImport(ImportTree tree, Void none) {
      String name = tree.getQualifiedIdentifier().toString();
      boolean isWhole = name.endsWith(".*");
      String specifier = isWhole || tree.isStatic() ? owner(name) : name;
      site(start(tree.getQualifiedIdentifier()), "value", tree.isStatic() ? "static" : "", last(name), specifier);
      return null;
    }

    @Override public Void visitPackage(PackageTree tree, Void none) {
      return scan(tree.getAnnotations(), none);
    }

    @Override public Void visitModule(ModuleTree tree, Void none) {
      scan(tree.getAnnotations(), none);
      return scan(tree.getDirectives(), none);
    }

    @Override public Void visitRequires(RequiresTree tree, Void none) {
      site(start(tree.getModuleName()), "value", "module", "", tree.getModuleName().toString());
      return null;
    }

    void service(Tree name) {
      site(start(name), "value", "service", last(name.toString()), name.toString());
    }

    @Override public Void visitUses(UsesTree tree, Void none) {
      service(tree.getServiceName());
      return null;
    }

    @Override public Void visitProvides(ProvidesTree tree, Void none) {
      service(tree.getServiceName());
      for (Tree name : tree.getImplementationNames()) service(name);
      return null;
    }

    @Override public Void visitExports(ExportsTree tree, Void none) {
      return null;
    }

    @Override public Void visitOpens(OpensTree tree, Void none) {
      return null;
    }

    @Override public Void visitMemberSelect(MemberSelectTree tree, Void none) {
      List<String> segments = new ArrayList<>();
      Tree base = tree;
      List<Tree> annotations = new ArrayList<>();
      while (true) {
        if (base instanceof AnnotatedTypeTree) {
          annotations.addAll(((AnnotatedTypeTree) base).getAnnotations());
          base = ((AnnotatedTypeTree) base).getUnderlyingType();
        } else if (base instanceof MemberSelectTree) {
          segments.add(0, ((MemberSelectTree) base).getIdentifier().toString());
          base = ((MemberSelectTree) base).getExpression();
        } else break;
      }
      if (!(base instanceof IdentifierTree)) return super.visitMemberSelect(tree, none);
      segments.add(0, ((IdentifierTree) base).getName().toString());
      int type = 0;
      while (type < segments.size() && !Character.isUpperCase(segments.get(type).codePointAt(0))) type++;
      Set<String> before = new HashSet<>(segments.subList(0, type));
      boolean isExpression = before.contains("this") || before.contains("super") || before.contains("class");
      if (type >= 2 && type < segments.size() && !isExpression) {
        String specifier = String.join(".", segments.subList(0, type + 1));
        if (qualified.add(specifier))
          site(positions.getStartPosition(unit, base), "value", "qualified", segments.get(type), specifier);
      }
      return scan(annotations, none);
    }

    static boolean isClass(Tree tree) {
      return tree.toString().equals("Class") || tree.toString().equals("java.lang.Class");
    }

    static String constant(Tree tree) {
      if (tree instanceof LiteralTree && ((LiteralTree) tree).getValue() instanceof String)
        return (String) ((LiteralTree) tree).getValue();
      if (!(tree instanceof BinaryTree) || tree.getKind() != Tree.Kind.PLUS) return null;
      String left = constant(((BinaryTree) tree).getLeftOperand());
      String right = constant(((BinaryTree) tree).getRightOperand());
      return left == null || right == null ? null : left + right;
    }

    @Override public Void visitMethodInvocation(MethodInvocationTree tree, Void none) {
      if (tree.getMethodSelect() instanceof MemberSelectTree && !tree.getArguments().isEmpty()) {
        MemberSelectTree select = (MemberSelectTree) tree.getMethodSelect();
        if (select.getIdentifier().contentEquals("forName") && isClass(select.getExpression())) {
          Tree argument = tree.getArguments().get(0);
          String name = constant(argument);
          if (name != null && name.matches("\\[+L[^;]*;")) name = name.replaceAll("^\\[+L|;$", "");
          site(positions.getStartPosition(unit, argument), "dynamic", "class-name", "", name);
        }
      }
      return super.visitMethodInvocation(tree, none);
    }

    @Override public Void visitMemberReference(MemberReferenceTree tree, Void none) {
      if (tree.getName().contentEquals("forName") && isClass(tree.getQualifierExpression()))
        site(positions.getEndPosition(unit, tree.getQualifierExpression()) - 5, "dynamic", "class-name", "", null);
      return super.visitMemberReference(tree, none);
    }
  }
}
