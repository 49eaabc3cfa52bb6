package cli

import (
	"os"
	"os/user"
	"slices"
	"strconv"
	"syscall"
)

// holder is a user and a group: those of a process, or of a file.
type holder struct {
	user   int
	groups []int // of a file: one
}

// toHide gives the command after which no other users may read a file, and this process
// still can. byGroup says that the file may be read by a group.
func toHide(path string, byGroup bool) string {
	info, err := os.Stat(path)
	if err != nil {
		return "chmod 600 " + path
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return "chmod 600 " + path
	}
	file := holder{user: int(stat.Uid), groups: []int{int(stat.Gid)}}
	groups, err := os.Getgroups()
	if err != nil {
		groups = nil
	}
	me := holder{user: os.Geteuid(), groups: append(groups, os.Getegid())}
	return hiding(path, file, me, userName(me.user), byGroup)
}

// hiding is toHide for a file and a process, whose user has a name. A file of another
// user is left to him if the process may read it through its group; else it has to
// become the process's own.
func hiding(path string, file, me holder, name string, byGroup bool) string {
	switch {
	case file.user == me.user, me.user == 0 && byGroup:
		return "chmod 600 " + path
	case byGroup && slices.Contains(me.groups, file.groups[0]):
		return "chmod 640 " + path
	}
	return "chown " + name + " " + path + " && chmod 600 " + path
}

func userName(id int) string {
	text := strconv.Itoa(id)
	if u, err := user.LookupId(text); err == nil {
		return u.Username
	}
	return text
}
