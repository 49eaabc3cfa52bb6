// Package account identifies people and their rights: joining as an officer, wrong codes, linking and parting chats, one-time codes,
// stand-ins, the list of officers, the linking of the office's phone.
package account
