import Commands
import Glibc
import Programs

@main
enum Bursar {
    static func main() {
        ProcessMemory.returnsUnused()
        exit(Tool.run(Array(CommandLine.arguments.dropFirst()), console: .system()))
    }
}
