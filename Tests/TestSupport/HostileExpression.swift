/// An expression that somebody wrote to stall or to fill the machine, and what has to stop it.
///
/// It may use `big`, a text of a million letters a, and `middle`, one of a thousand.
package struct HostileExpression: Sendable {
    package let name: String
    package let text: String
    /// What the message has to say: which limit was met.
    package let limit: String

    private init(_ name: String, _ text: String, _ limit: String) {
        self.name = name
        self.text = text
        self.limit = limit
    }

    package static let big = String(repeating: "a", count: 1_000_000)
    package static let middle = String(repeating: "a", count: 1000)

    package static let all = patterns + growth + loops + depths

    private static func times(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    /// `cel.bind(v0, start, cel.bind(v1, step(v0), … last))`.
    private static func chain(_ count: Int, _ start: String, _ step: (String) -> String, _ last: (String) -> String = { $0 }) -> String {
        let bindings = (0..<count).map { "cel.bind(v\($0), \($0 == 0 ? start : step("v\($0 - 1)")), " }
        return bindings.joined() + last("v\(count - 1)") + times(")", count)
    }

    private static let patterns = [
        HostileExpression("nested plus", "big.matches('^(a+)+$')", "regular expression limit"),
        HostileExpression("overlapping alternatives", "big.matches('(a|aa)+$')", "regular expression limit"),
        HostileExpression("star of star", "big.matches('(a*)*b')", "regular expression limit"),
        HostileExpression("greedy dots", "big.matches('(.*)(.*)(.*)(.*)x')", "regular expression limit"),
        HostileExpression("nested repetition", "'x'.matches('((a{100}){100}){100}')", "too large"),
        HostileExpression("repetition of 1001", "'x'.matches('a{1001}')", "1000"),
        HostileExpression("long pattern", "'x'.matches('\(times("a", 20_000))')", "longer than"),
        HostileExpression("deep groups", "'x'.matches('\(times("(?:", 200))a\(times(")", 200))')", "nested deeper"),
        HostileExpression("made pattern", "'x'.matches(\(Array(repeating: "middle", count: 20).joined(separator: " + ")))", "longer than"),
        HostileExpression("large made pattern", "middle.matches('(a{100}){9' + '0}b')", "regular expression limit"),
        HostileExpression("pattern in a loop", "lists.range(100000).all(i, middle.matches('^(a+)+$'))", "cost limit"),
        HostileExpression("quadratic matches", "regex.extractAll(middle + middle + middle + middle, '(a*)*b|a').size() > 0", "cost limit"),
        HostileExpression("replacing matches", "regex.replace(middle, 'a', '\(times("b", 2000))')", "text limit"),
        HostileExpression("replacing empty matches", "regex.replace(big, '', 'b')", "limit"),
    ]

    private static let growth = [
        HostileExpression("doubling text", chain(40, "'ab'", { "\($0) + \($0)" }), "text limit"),
        HostileExpression("doubling bytes", chain(40, "b'ab'", { "\($0) + \($0)" }), "text limit"),
        HostileExpression("doubling list", chain(40, "[1, 2]", { "\($0) + \($0)" }), "list limit"),
        HostileExpression("sharing lists, compared", chain(40, "[1, 2]", { "[\($0), \($0)]" }, { "\($0) == \($0)" }), "cost limit"),
        HostileExpression(
            "sharing maps, compared", chain(40, "{'a': 1}", { "{'a': \($0), 'b': \($0)}" }, { "\($0) == \($0)" }), "cost limit"),
        HostileExpression("sharing lists, printed", chain(40, "[1, 2]", { "[\($0), \($0)]" }, { "'%s'.format([\($0)])" }), "limit"),
        HostileExpression("sharing lists, flattened", chain(40, "[1, 2]", { "[\($0), \($0)]" }, { "\($0).flatten(100)" }), "limit"),
        HostileExpression("doubling quotes", chain(40, "'\\\\\\\\'", { "strings.quote(\($0))" }), "text limit"),
        HostileExpression("doubling by join", chain(40, "'ab'", { "[\($0), \($0)].join(\($0))" }), "text limit"),
        HostileExpression("doubling by replace", chain(40, "'ab'", { "\($0).replace('', \($0))" }), "limit"),
        HostileExpression("doubling by format", chain(40, "'ab'", { "'%s%s'.format([\($0), \($0)])" }), "text limit"),
        HostileExpression("giant range", "lists.range(1000000000)", "list limit"),
        HostileExpression("greatest range", "lists.range(9223372036854775807)", "list limit"),
        HostileExpression("ranges of a range", "lists.range(100000).map(i, lists.range(100000))", "cost limit"),
        HostileExpression("replace explosion", "big.replace('a', 'aaaaaaaaaa')", "text limit"),
        HostileExpression("replace nothing", "big.replace('', 'aaaaaaaaaa')", "limit"),
        HostileExpression("split explosion", "big.split('')", "list limit"),
        HostileExpression("split by a letter", "big.split('a')", "list limit"),
        HostileExpression("join explosion", "lists.range(10000).map(i, middle).join(middle)", "text limit"),
        HostileExpression("base64 explosion", "base64.encode(bytes(big))", "text limit"),
        HostileExpression("hexadecimal explosion", "'%x'.format([big])", "text limit"),
        HostileExpression("huge precision", "'%.1000000000f'.format([1.0])", "precision limit"),
        HostileExpression("many precisions", "'\(times("%.999f", 1100))'.format(lists.range(1100))", "text limit"),
        HostileExpression("giant literal", "[\(times("1,", 60_000))1]", "longer than the limit"),
        HostileExpression("giant text", "'\(times("a", 100_001))'", "longer than the limit"),
        HostileExpression("giant condition", times("true && ", 20_000) + "true", "longer than the limit"),
    ]

    private static let loops = [
        HostileExpression("nested loops", "lists.range(100000).exists(i, lists.range(100000).exists(j, i * j < 0))", "cost limit"),
        HostileExpression(
            "seven loops",
            (0..<7).map { "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].all(v\($0), " }.joined() + "true" + times(")", 7), "cost limit"),
        HostileExpression("nested maps", "lists.range(1000).map(i, lists.range(1000).map(j, lists.range(1000).map(k, i)))", "cost limit"),
        HostileExpression("maps of maps", "lists.range(1000).transformMap(i, v, lists.range(1000).transformMap(j, w, w))", "cost limit"),
        HostileExpression("sorting", "lists.range(100000).map(i, -i).sort()", "cost limit"),
        HostileExpression("sorting by texts", "lists.range(100000).sortBy(i, middle)", "cost limit"),
        HostileExpression("distinct lists", "lists.range(5000).map(i, [i]).distinct()", "cost limit"),
        HostileExpression("sets", "sets.equivalent(lists.range(50000), lists.range(50000).reverse())", "cost limit"),
        HostileExpression("search in texts", "big.contains(big + 'b') || big.contains(middle + 'b')", "limit"),
        HostileExpression("index in texts", "big.indexOf(middle + 'b') > 0", "cost limit"),
        HostileExpression("capitals in a loop", "lists.range(10000).all(i, big.upperAscii().size() > 0)", "cost limit"),
        HostileExpression("reversing in a loop", "lists.range(10000).map(i, big.reverse())", "cost limit"),
        HostileExpression("sizes in a loop", "lists.range(100000).all(i, big.size() > 0)", "cost limit"),
        HostileExpression("an error that is absorbed", "lists.range(1000000000).size() > 0 || true", "list limit"),
        HostileExpression("an error in an absorbing loop", "[1].exists(i, lists.range(1000000000).size() > 0) || true", "list limit"),
    ]

    private static let depths = [
        HostileExpression("lists without types", chain(20, "1", { times("[", 40) + "dyn(\($0))" + times("]", 40) }), "value nests deeper"),
        HostileExpression("sharing lists as a result", chain(40, "[1, 2]", { "[\($0), \($0)]" }), "list limit"),
        HostileExpression("long keys", "lists.range(100000).all(i, !(big in {'a': 1}))", "cost limit"),
        HostileExpression("long keys of entries", "lists.range(100000).transformMapEntry(i, v, {big + string(i): 1})", "limit"),
        HostileExpression("parentheses", times("(", 300) + "1" + times(")", 300), "nests deeper"),
        HostileExpression("half-open parentheses", times("(", 90_000), "nests deeper"),
        HostileExpression("lists", times("[", 300) + times("]", 300), "nests deeper"),
        HostileExpression("maps", times("{1: ", 300) + "1" + times("}", 300), "nests deeper"),
        HostileExpression("negations", times("!", 300) + "true", "nests deeper"),
        HostileExpression("many negations", times("!", 90_000) + "true", "nests deeper"),
        HostileExpression("minuses", times("-", 300) + "big", "nests deeper"),
        HostileExpression("selections", "{'a': 1}" + times(".a", 300), "nests deeper"),
        HostileExpression("indices", "[1]" + times("[0]", 300), "nests deeper"),
        HostileExpression("methods", "'a'" + times(".trim()", 300), "nests deeper"),
        HostileExpression("conditions", times("true ? 1 : ", 300) + "1", "nests deeper"),
        HostileExpression("sums", times("1 + ", 300) + "1", "nests deeper"),
        HostileExpression("functions", times("int(", 300) + "1" + times(")", 300), "nests deeper"),
        HostileExpression("loops in loops", times("[1].all(x, ", 300) + "true" + times(")", 300), "nests deeper"),
        HostileExpression("optionals", times("optional.of(", 300) + "1" + times(")", 300), "nests deeper"),
        HostileExpression(
            "optionals by names", chain(20, "1", { times("optional.of(", 40) + $0 + times(")", 40) }), "nests deeper"),
        HostileExpression("lists by names", chain(20, "1", { times("[", 40) + $0 + times("]", 40) }), "nests deeper"),
        HostileExpression("maps by names", chain(20, "1", { times("{1: ", 40) + $0 + times("}", 40) }), "nests deeper"),
        HostileExpression("lists by loops", chain(20, "1", { times("[1].map(x, ", 40) + $0 + times(")", 40) }), "nests deeper"),
    ]
}
