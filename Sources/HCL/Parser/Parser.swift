package import Diagnostics

/// How much a file may ask of us. Files come from anyone who can open a pull request.
package struct ParserLimits: Sendable {
    /// In bytes.
    package var fileSize: Int
    /// Blocks, brackets, operators and templates inside each other; it bounds the recursion of everyone who walks the tree.
    ///
    /// Real files stay below 40. An unoptimised build needs about 4 KB of stack a level, and a Swift task has 512 KB.
    package var depth: Int
    /// After so many errors the parser gives up.
    package var errors: Int

    package static let `default` = ParserLimits()

    package init(fileSize: Int = 8 << 20, depth: Int = 100, errors: Int = 50) {
        self.fileSize = fileSize
        self.depth = depth
        self.errors = errors
    }
}

/// Reads HCL's native syntax as Terraform uses it.
///
/// Recursive descent over bytes with one token of look-ahead. An error ends the attribute or block header it is in; reading goes on
/// behind it, so that one run reports all of a file's errors. A file with an error is not to be trusted, only to be reported.
package struct Parser {
    let source: SourceFile
    let lexer: Lexer
    let limits: ParserLimits
    var diagnostics: [Diagnostic] = []
    /// Behind the last token that was taken.
    var position = 0
    /// Whether line ends are tokens: they separate items in bodies and objects and mean nothing in other brackets.
    private(set) var newlinesCount = true
    private var lookahead: Token?
    /// How many nodes lie above the one that is being read.
    var level = 0
    private let workLimit = WorkLimit.current
    /// At this place it is looked whether anybody still waits.
    private var nextLook = 0
    private static let bytesBetweenLooks = 16 << 10
    /// The deepest node so far below the chain that is being read: operators and traversals push what stands left of them down.
    var deepest = 0

    init(_ source: SourceFile, limits: ParserLimits) {
        self.source = source
        self.lexer = Lexer(bytes: source.bytes)
        self.limits = limits
        if source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// Parses a `.tf` or `.tfvars` file.
    package static func parse(_ source: SourceFile, limits: ParserLimits = .default) -> (file: HCLFile, diagnostics: [Diagnostic]) {
        var parser = Parser(source, limits: limits)
        guard parser.fits() else {
            return (HCLFile(source: source, body: Body(attributes: [], blocks: [], range: 0..<0)), parser.diagnostics)
        }
        let start = parser.position
        var body = parser.body(isFile: true)
        body.range = start..<source.bytes.count
        return (HCLFile(source: source, body: body), parser.diagnostics)
    }

    /// Parses a text that is one expression; line ends around it mean nothing.
    package static func parseExpression(_ source: SourceFile, limits: ParserLimits = .default) -> (Expression?, [Diagnostic]) {
        var parser = Parser(source, limits: limits)
        guard parser.fits() else { return (nil, parser.diagnostics) }
        parser.countNewlines(false)
        do throws(SyntaxError) {
            let expression = try parser.expression()
            guard parser.peek().kind == .end else { throw .expected("the end of the expression", found: parser.peek()) }
            return (expression, parser.diagnostics)
        } catch {
            parser.report(error)
            return (nil, parser.diagnostics)
        }
    }

    private mutating func fits() -> Bool {
        guard source.bytes.count > limits.fileSize else { return true }
        report(.tooLarge(source.bytes.count, limit: limits.fileSize))
        return false
    }
}

// MARK: Tokens

extension Parser {
    mutating func peek() -> Token {
        if let lookahead { return lookahead }
        if workLimit != nil, position >= nextLook { look() }
        let token = lexer.token(at: position, newlines: newlinesCount)
        lookahead = token
        return token
    }

    /// Where nobody waits any more, the text ends here, which is an error.
    private mutating func look() {
        nextLook = position + Self.bytesBetweenLooks
        guard let workLimit, workLimit.isReached else { return }
        report(.stopped(at: position))
        position = source.bytes.count
        nextLook = .max
    }

    @discardableResult
    mutating func take() -> Token {
        let token = peek()
        move(to: token.range.upperBound)
        return token
    }

    /// Takes the next token if it is of the kind.
    mutating func take(_ kind: Token.Kind) -> Token? {
        peek().kind == kind ? take() : nil
    }

    /// Continues at an offset, as the template parser does that reads bytes itself.
    mutating func move(to offset: Int) {
        position = offset
        lookahead = nil
    }

    /// Lets line ends count or not, and tells how it was before.
    @discardableResult
    mutating func countNewlines(_ count: Bool) -> Bool {
        let before = newlinesCount
        if before != count {
            newlinesCount = count
            lookahead = nil
        }
        return before
    }

    func text(_ range: Range<Int>) -> String { source.text(range) }

    func isKeyword(_ word: StaticString, _ token: Token) -> Bool {
        guard token.kind == .identifier, token.range.count == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { $0.elementsEqual(lexer.bytes[token.range]) }
    }
}

// MARK: Errors and limits

extension Parser {
    mutating func report(_ error: SyntaxError) {
        diagnostics.append(error.diagnostic(in: source))
    }

    var gaveUp: Bool { diagnostics.count >= limits.errors }

    /// One node further down.
    mutating func descend() throws(SyntaxError) {
        level += 1
        deepest = max(deepest, level)
        if deepest > limits.depth { throw .tooDeep(limits.depth, at: peek().range) }
    }

    /// What was read since the chain's start gets one more node above it.
    mutating func pushDown() throws(SyntaxError) {
        deepest += 1
        if deepest > limits.depth { throw .tooDeep(limits.depth, at: peek().range) }
    }
}
