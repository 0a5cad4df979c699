import Commands
import Glibc

@main
enum Bursar {
    static func main() {
        exit(Tool.run(Array(CommandLine.arguments.dropFirst()), console: .system()))
    }
}
