package words

import (
	"strings"

	"lianluo.local/data/spelling"
)

// Form is a word in its one form, and what else people write for it.
type Form struct {
	Name string
	Also []string
}

// Forms are words that people write in several ways. They close no list: a word that is none of them may be right, too.
type Forms []Form

// Read gives the one form of what was written.
func (fs Forms) Read(written string) (name string, ok bool) {
	letters := spelling.Letters(written)
	if letters == "" {
		return "", false
	}
	for _, f := range fs {
		if letters == spelling.Letters(f.Name) {
			return f.Name, true
		}
	}
	for _, f := range fs {
		for _, also := range f.Also {
			if letters == spelling.Letters(also) {
				return f.Name, true
			}
		}
	}
	return "", false
}

// Forms gives the words of a closed list, for which their codes may be written, too.
func (ws List) Forms() (fs Forms) {
	for _, w := range ws {
		fs = append(fs, Form{w.Name, []string{w.Code}})
	}
	return fs
}

// Nationalities are the 56 (GB/T 3304), which are written without 族, too.
var Nationalities = func() (fs Forms) {
	for name := range strings.FieldsSeq(`汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土
达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺`) {
		fs = append(fs, Form{name + "族", []string{name}})
	}
	return fs
}()

// Parties are the parties with what else they are called, and those who are of none.
var Parties = Forms{
	{"中共党员", []string{"中共", "党员", "中国共产党", "中国共产党党员", "共产党员", "中共正式党员"}}, {"中共预备党员", []string{"预备党员"}},
	{"共青团员", []string{"团员"}}, {"民革", []string{"民革党员", "民革会员", "中国国民党革命委员会"}}, {"民盟", []string{"民盟盟员", "中国民主同盟"}},
	{"民建", []string{"民建会员", "中国民主建国会"}}, {"民进", []string{"民进会员", "中国民主促进会"}}, {"农工党", []string{"农工党党员", "农工民主党", "中国农工民主党"}},
	{"致公党", []string{"致公党党员", "中国致公党"}}, {"九三学社", []string{"九三", "九三学社社员"}}, {"台盟", []string{"台盟盟员", "台湾民主自治同盟"}},
	{"无党派", []string{"无党派人士", "无党派民主人士"}}, {"群众", []string{"普通群众"}},
}

// Educations are the degrees of schooling (GB/T 4658) with what else they are called.
var Educations = Forms{
	{"研究生", []string{"硕士研究生", "研究生学历"}}, {"本科", []string{"大学", "大学本科", "本科学历"}}, {"大专", []string{"专科", "大学专科", "大专学历"}},
	{"中专", []string{"中等专科", "中技", "中专学历"}}, {"高中", []string{"高中学历", "普通高中"}}, {"初中", []string{"初中学历"}}, {"小学", []string{"小学学历"}},
}
