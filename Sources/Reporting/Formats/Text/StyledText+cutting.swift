extension StyledText {
    /// Lines of at most so many columns, broken between words; a word that is longer is broken where the line ends.
    package func wrapped(_ limit: Int) -> [StyledText] {
        let limit = max(1, limit)
        guard width > limit else { return [self] }
        var lines: [[Run]] = []
        var line: [Run] = []
        var used = 0
        var isEmpty = true
        func end() {
            lines.append(line)
            (line, used, isEmpty) = ([], 0, true)
        }
        for word in words {
            let width = word.reduce(0) { $0 + $1.width }
            if !isEmpty, used + 1 + width > limit { end() }
            if !isEmpty {
                line.append(Run(text: " ", look: word.first?.look ?? .plain))
                used += 1
            }
            isEmpty = false
            for var piece in word {
                while used + piece.width > limit {
                    let head = piece.prefix(limit - used)
                    // A character that is wider than a line stands on one of its own.
                    guard used > 0 || !head.text.isEmpty else { break }
                    line.append(head)
                    end()
                    piece = piece.dropping(head)
                }
                line.append(piece)
                used += piece.width
                isEmpty = false
            }
        }
        end()
        return lines.map { StyledText(runs: Self.merged($0.filter { !$0.text.isEmpty })) }
    }

    /// What stands between spaces; a word may be made of pieces that look different.
    private var words: [[Run]] {
        var words: [[Run]] = [[]]
        for run in runs {
            for (index, text) in run.text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
                if index > 0 { words.append([]) }
                words[words.count - 1].append(Run(text: String(text), look: run.look))
            }
        }
        return words
    }

    /// Neighbours of one look are one run, so that each colour is switched on once.
    private static func merged(_ runs: [Run]) -> [Run] {
        runs.reduce(into: []) { merged, run in
            if let last = merged.last, last.look == run.look {
                merged[merged.count - 1] = Run(text: last.text + run.text, look: run.look)
            } else {
                merged.append(run)
            }
        }
    }

    /// Cut to so many columns at the end.
    package func keepingStart(_ limit: Int) -> StyledText {
        guard width > limit else { return self }
        guard limit > 0 else { return "" }
        return StyledText(runs: (start(limit - 1) + [Run(text: "…", look: .dim)]).filter { !$0.text.isEmpty })
    }

    /// What stands in the first so many columns.
    private func start(_ columns: Int) -> [Run] {
        var start: [Run] = []
        var room = columns
        for run in runs {
            let piece = run.prefix(room)
            start.append(piece)
            guard piece.width == run.width else { break }
            room -= piece.width
        }
        return start
    }

    /// Cut to so many columns in the middle: the beginning of an address says where it is, its end what it is, and that is the more.
    package func keepingEnds(_ limit: Int) -> StyledText {
        guard width > limit else { return self }
        guard limit > 0 else { return "" }
        let head = (limit - 1) / 3
        var end: [Run] = []
        var room = limit - 1 - head
        for run in runs.reversed() {
            let piece = run.suffix(room)
            end.append(piece)
            guard piece.width == run.width else { break }
            room -= piece.width
        }
        return StyledText(runs: (start(head) + [Run(text: "…", look: .dim)] + end.reversed()).filter { !$0.text.isEmpty })
    }
}

extension StyledText.Run {
    /// As many characters as so many columns hold.
    fileprivate func prefix(_ columns: Int) -> StyledText.Run {
        guard width > columns else { return self }
        return StyledText.Run(text: String(String.fitting(text, columns)), look: look)
    }

    fileprivate func dropping(_ head: StyledText.Run) -> StyledText.Run {
        StyledText.Run(text: String(text.dropFirst(head.text.count)), look: look)
    }

    fileprivate func suffix(_ columns: Int) -> StyledText.Run {
        guard width > columns else { return self }
        return StyledText.Run(text: String(String.fitting(text.reversed(), columns).reversed()), look: look)
    }
}

extension String {
    fileprivate static func fitting(_ characters: some Sequence<Character>, _ columns: Int) -> [Character] {
        var room = columns
        return characters.prefix { character in
            room -= character.displayWidth
            return room >= 0
        }
    }
}
