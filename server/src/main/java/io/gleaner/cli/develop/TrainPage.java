package io.gleaner.cli.develop;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A page with what the pages of real sites have: navigation, reference entries, code in colours,
 * tables, forms, and markup of the last century. Some 40 KB; the same number gives the same page.
 */
final class TrainPage {

    private static final int SECTIONS = 24;
    private static final int LINKS = 60;
    private static final String[] WORDS =
            ("the of and a to in is with for on that as are by this it from be or an at which not"
                            + " value object method returns parameter module example default see"
                            + " also changed version when used instead function list string name"
                            + " file error raises optional cr\u00e8me na\u00efve \u2014 &amp;"
                            + " &nbsp;&lt;tag&gt; it&#8217;s *args snake_case #1 [x]")
                    .split(" ", -1);

    private final int number;
    private final int pages;
    private final Random random;

    /**
     * @param pages of the site, to link to
     */
    TrainPage(int number, int pages) {
        this.number = number;
        this.pages = pages;
        this.random = new Random(number);
    }

    String html() {
        String sections =
                IntStream.range(0, SECTIONS).mapToObj(this::section).collect(Collectors.joining());
        return """
        <!DOCTYPE html>
        <html lang="en" data-theme="light">
        <head>
          <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Page %1$d &#8212; a documentation</title>
          <meta name="description" content="%2$s"><meta property="og:title" content="Page %1$d">
          <meta property="og:image" content="_static/og.png"><link rel="canonical" href="/%1$d">
          <link rel="stylesheet" type="text/css" href="_static/basic.css?v=3"><link rel="next" href="%3$d">
          <script type="application/ld+json">{"@type": "Article", "headline": "Page"}</script>
          <style>body > p { color: #333 } .a:hover { content: "</x>" }</style>
          <script>if (a < b && c > d) { document.write("<p>" + a + "<\\/p>"); }</script>
        </head>
        <body class="wy-body">
        <!-- navigation -->
        <div class="related" role="navigation" aria-label="Related">
          <h3>Navigation</h3><ul>%4$s</ul>
        </div>
        <div class="document"><div class="documentwrapper"><div class="bodywrapper">
        <div class="body" role="main">
          <section id="page"><span id="index-0"></span>
          <h1>Page %1$d%5$s</h1>
          %6$s
          </section>
        </div></div></div>
        <div class="sphinxsidebar" role="navigation"><div class="sphinxsidebarwrapper">
          <h3><a href="0">Contents</a></h3><ul>%7$s</ul>
          <form class="search" action="search" method="get"><input type="text" name="q">
          <input type="submit" value="Go"><select><option selected>3.1<option>3.0</select></form>
        </div></div></div>
        <footer class="footer" role="contentinfo">&copy; <a href="/0">Us</a>. <br/>Last updated.</footer>
        <noscript><img src="/pixel.gif" width=1 height=1></noscript>
        </body></html>
        """
                .formatted(
                        number,
                        sentence(12),
                        Math.min(number + 1, pages - 1),
                        items(8),
                        permalink("page"),
                        sections,
                        items(LINKS));
    }

    private String section(int n) {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> reference(n);
            case 3, 4 -> code();
            case 5 -> table();
            case 6 -> nestedList();
            case 7 -> notes();
            case 8 -> forms();
            case 9 -> old();
            default -> heading(n) + prose() + prose() + prose();
        };
    }

    private String heading(int n) {
        return """
        <section id="section-%1$d"><h2>Section <code class="docutils literal notranslate">\
        <span class="pre">%2$s</span></code> %1$d%3$s</h2></section>
        """
                .formatted(n, word(), permalink("section-" + n));
    }

    private String prose() {
        return """
        <p>%s <a class="reference internal" href="%s" title="%s"><em class="xref">%s</em></a>, %s
        <strong>%s</strong> or <code class="xref py py-func docutils literal notranslate"><span class="pre">%s()</span></code>.
        %s</p>
        """
                .formatted(
                        sentence(40),
                        href(),
                        word(),
                        sentence(2),
                        sentence(15),
                        sentence(3),
                        word(),
                        sentence(30));
    }

    private String reference(int n) {
        return """
        <dl class="py function"><dt class="sig sig-object py" id="f%1$d">
        <span class="sig-prename descclassname"><span class="pre">mod.</span></span><span class="sig-name descname">\
        <span class="pre">%2$s</span></span><span class="sig-paren">(</span><em class="sig-param"><span class="n">\
        <span class="pre">a</span></span><span class="o"><span class="pre">=</span></span><span class="default_value">\
        <span class="pre">None</span></span></em>, <em class="sig-param"><span class="o"><span class="pre">*</span></span>\
        </em><span class="sig-paren">)</span>%3$s</dt>
        <dd>%4$s<div class="versionchanged"><p><span class="versionmodified changed">Changed in 3.%1$d: </span>%5$s</p></div>
        <dl class="field-list simple"><dt class="field-odd">Raises</dt><dd class="field-odd"><p>%6$s</p></dd></dl></dd></dl>
        """
                .formatted(
                        n,
                        word(),
                        permalink("f" + n),
                        prose() + prose(),
                        sentence(12),
                        sentence(6));
    }

    private String code() {
        String lines =
                IntStream.range(0, 12)
                        .mapToObj(
                                n ->
                                        """
                                        <span class="gp">&gt;&gt;&gt; </span><span class="k">if</span> <span class="n">%s</span>\
                                        <span class="p">(</span><span class="mi">%d</span><span class="p">):</span>  \
                                        <span class="c1"># %s</span>
                                        """
                                                .formatted(word(), n, sentence(4)))
                        .collect(Collectors.joining());
        return """
        <div class="highlight-python3 notranslate"><div class="highlight"><pre><span></span>%s
        </pre></div></div>
        """
                .formatted(lines);
    }

    private String table() {
        String rows =
                IntStream.range(0, 10)
                        .mapToObj(
                                n ->
                                        """
                                        <tr class="row-%s"><td><p><code><span class="pre">%s</span></code></p></td>
                                        <td><p>%s</p></td><td align=right>%d | %s</td></tr>
                                        """
                                                .formatted(
                                                        n % 2 == 0 ? "even" : "odd",
                                                        word(),
                                                        sentence(12),
                                                        n,
                                                        word()))
                        .collect(Collectors.joining());
        return """
        <table class="docutils align-default"><colgroup><col style="width: 20%%"><col></colgroup>
        <thead><tr><th class="head"><p>Name</p></th><th>Meaning<br>of it</th><th>No.</th></tr></thead>
        <tbody>%s</tbody></table>
        """
                .formatted(rows);
    }

    private String nestedList() {
        return """
        <ol class="arabic simple"><li><p>%s</p><ul><li>%s<li>%s<pre>x
        y</pre></ul></li>
        <li>%s <blockquote><div><p>%s</p><hr></div></blockquote></li></ol><ul>%s</ul>
        """
                .formatted(
                        sentence(12),
                        sentence(8),
                        sentence(9),
                        sentence(7),
                        sentence(20),
                        items(6));
    }

    private String notes() {
        return """
        <div class="admonition note"><p class="admonition-title">Note</p>%s</div>
        <figure><a href="%s"><img class="a b" src="_images/%d.png" srcset="x.png 1x, y.png 2x" alt="A picture"
          loading="lazy"></a><figcaption>%s</figcaption></figure>
        <details><summary>%s</summary>%s</details>
        <p style="display: none">unseen</p><p hidden>%s</p>
        """
                .formatted(prose(), href(), number, sentence(6), sentence(4), prose(), sentence(9));
    }

    private String forms() {
        return """
        <form><fieldset><legend>%s</legend><label for="x">%s</label><input id=x type=checkbox checked>
        <textarea rows="3">a < b
        c</textarea><button type="button">Go</button></fieldset></form>
        <svg viewBox="0 0 1 1"><title>t</title><path d="M0 0"/></svg><iframe src="%s"></iframe>
        <p>E = <math alttext="mc^2"><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math> and H<sub>2</sub>O</p>
        """
                .formatted(word(), sentence(3), href());
    }

    /** Upper case, no quotes, no end tags, wrong order. */
    private String old() {
        return """
        <CENTER><FONT COLOR=red SIZE=+1>%s</FONT></CENTER>
        <TABLE BORDER=0><TR><TD>%s<TD><A HREF=%s>%s</A><TR><TD COLSPAN=2><B>%s<I>%s</B>%s</I></TABLE>
        <P>%s<P>%s<BR>&lt;b&gt; &eacute &unknown; <A NAME=here></A>%s<HR NOSHADE>
        """
                .formatted(
                        sentence(5),
                        sentence(9),
                        href(),
                        sentence(3),
                        word(),
                        word(),
                        word(),
                        sentence(25),
                        sentence(20),
                        sentence(8));
    }

    private String items(int count) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(
                    """
                    <li class="toctree-l1"><a class="reference internal" href="%s">%s</a></li>
                    """
                            .formatted(href(), sentence(3)));
        }
        return String.join("", items);
    }

    private static String permalink(String id) {
        return "<a class=\"headerlink\" href=\"#%s\" title=\"Link here\">\u00b6</a>".formatted(id);
    }

    /** Mostly another page, sometimes with a fragment, sometimes absolute. */
    private String href() {
        int other = random.nextInt(pages);
        return switch (random.nextInt(6)) {
            case 0 -> "#f" + other;
            case 1 -> "/%d#section-1".formatted(other);
            case 2 -> "./sub/../%d".formatted(other);
            default -> String.valueOf(other);
        };
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private String sentence(int words) {
        return IntStream.range(0, words)
                .mapToObj(n -> word())
                .collect(Collectors.joining(" ", "", "."));
    }
}
