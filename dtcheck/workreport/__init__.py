"""What a 政府工作报告 says: its text, plan, headings, figures, and what they promise."""
